package dev.shootdown.report.html;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.report.VerdictsDocument.Race;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the matrices of dispatchers and strategies, one a walker. */
final class Matrices {
    private static final String ABSENT = "absent";

    private final Cells cells;

    Matrices(Cells cells) {
        this.cells = cells;
    }

    List<Page.Matrix> of(List<Race> races) {
        Map<String, List<Race>> byMatrix = new TreeMap<>();
        races.stream()
                .filter(Matrices::have)
                .forEach(race -> byMatrix.computeIfAbsent(key(race), each -> new ArrayList<>())
                        .add(race));
        return byMatrix.values().stream().map(this::matrix).toList();
    }

    private static String key(Race race) {
        return (isAbsent(race) ? "1 " : "0 ") + race.walker();
    }

    private static boolean isAbsent(Race race) {
        return race.conditions().equals(Map.of("mask", ABSENT));
    }

    /** Tables are freed under SV39, and nothing else is special but whether the walker's hart is told. */
    static boolean have(Race race) {
        boolean plain = race.conditions().isEmpty() && !race.shootdown().equals(Shootdowns.LOCAL_ONLY.name());
        boolean local = race.conditions().equals(Map.of("mask", "switches-in"))
                && race.shootdown().equals(Shootdowns.LOCAL_ONLY.name());
        return race.mutator().equals("MUNMAP")
                && race.satp().equals("SV39")
                && (plain || local || isAbsent(race))
                && Arrays.stream(Shootdowns.values())
                        .anyMatch(each -> each.name().equals(race.shootdown()))
                && Arrays.stream(Freeings.values()).anyMatch(each -> each.name().equals(race.freeing()));
    }

    private Page.Matrix matrix(List<Race> races) {
        Race any = races.getFirst();
        String title = Words.dashed(any.walker()) + (isAbsent(any) ? ", not in mm_cpumask" : "");
        String note = isAbsent(any)
                ? "The walker’s hart is missing from the mask: no flush is sent to it."
                : "The walker’s hart is in the mask; under local-only it sets its bit as it switches in.";
        return new Page.Matrix(
                Words.anchor("matrix " + title),
                title,
                note,
                Arrays.stream(Shootdowns.values()).map(Glossary::of).toList(),
                Arrays.stream(Freeings.values()).map(each -> row(each, races)).toList());
    }

    private Page.MatrixRow row(Freeings freeing, List<Race> races) {
        return new Page.MatrixRow(
                Glossary.of(freeing),
                Arrays.stream(Shootdowns.values())
                        .map(each -> new Page.Slot(Words.dashed(each.name()), cell(freeing, each, races)))
                        .toList());
    }

    private Page.@Nullable Cell cell(Freeings freeing, Shootdowns shootdown, List<Race> races) {
        return races.stream()
                .filter(race -> race.freeing().equals(freeing.name()))
                .filter(race -> race.shootdown().equals(shootdown.name()))
                .map(cells::of)
                .findFirst()
                .orElse(null);
    }
}
