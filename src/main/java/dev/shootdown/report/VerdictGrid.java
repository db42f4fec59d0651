package dev.shootdown.report;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.report.VerdictsDocument.Race;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The races of the truth table, dispatchers against strategies: those of one walker whose hart is in the same case.
 *
 * @param walker the walker's name
 * @param hart how it is with the walker's hart
 * @param races the races, at most one for each dispatcher and strategy
 */
public record VerdictGrid(String walker, HartCase hart, List<Race> races) {
    private static final String SWITCHES_IN = "switches-in";

    /** How it is with the walker's hart, in the conditions of a race. */
    public enum HartCase {
        /** It is in the mask, and there; with a local flush, because it sets its bit as it switches in. */
        IN_MASK(Map.of()),
        /** The mask does not have it. */
        NOT_IN_MASK(Map.of("mask", "absent")),
        /** Its host has descheduled it for a time. */
        DESCHEDULED(Map.of("presence", "descheduled")),
        /** It is in lazy TLB mode at first. */
        LAZY(Map.of("presence", "lazy"));

        @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
        private final Map<String, String> conditions;

        HartCase(Map<String, String> conditions) {
            this.conditions = conditions;
        }

        /** {@return the conditions that say so, by name; none for the usual case} */
        public Map<String, String> conditions() {
            return conditions;
        }

        private static Optional<HartCase> of(Map<String, String> conditions) {
            return Arrays.stream(values())
                    .filter(each -> each.conditions.equals(conditions))
                    .findFirst();
        }
    }

    /** Copies the list. */
    public VerdictGrid {
        races = List.copyOf(races);
    }

    private record Key(HartCase hart, String walker) {}

    /**
     * {@return the grids of a run, those of the usual case first}
     *
     * @param all the races of a document
     */
    public static List<VerdictGrid> of(List<Race> all) {
        Map<Key, List<Race>> grids =
                new TreeMap<>(Comparator.comparing(Key::hart).thenComparing(Key::walker));
        for (Race race : all) {
            hartCase(race)
                    .ifPresent(hart -> grids.computeIfAbsent(new Key(hart, race.walker()), key -> new ArrayList<>())
                            .add(race));
        }
        return grids.entrySet().stream()
                .map(grid ->
                        new VerdictGrid(grid.getKey().walker(), grid.getKey().hart(), grid.getValue()))
                .toList();
    }

    /**
     * {@return whether a race is in a grid: tables are freed under SV39, and nothing else is special but the walker's
     * hart}
     *
     * @param race of a document
     */
    public static boolean has(Race race) {
        return hartCase(race).isPresent();
    }

    /**
     * {@return how it is with the walker's hart, of a race that is in a grid; empty if it is in none}
     *
     * @param race of a document
     */
    public static Optional<HartCase> hartCase(Race race) {
        boolean freesTables = race.mutator().equals("MUNMAP") && isOfBuiltInParts(race);
        return freesTables ? conditions(race).flatMap(HartCase::of) : Optional.empty();
    }

    /** Whether a race goes by strategies and over dispatchers of the library, under SV39. */
    static boolean isOfBuiltInParts(Race race) {
        return race.satp().equals("SV39")
                && Arrays.stream(Shootdowns.values())
                        .anyMatch(each -> each.name().equals(race.shootdown()))
                && Arrays.stream(Freeings.values()).anyMatch(each -> each.name().equals(race.freeing()));
    }

    /**
     * What is special about a race, in order. That the walker's hart sets its bit as it switches in is what a local flush takes for
     * granted, and special nowhere else: then this is empty.
     */
    static Optional<Map<String, String>> conditions(Race race) {
        Map<String, String> conditions = new TreeMap<>(race.conditions());
        boolean local = race.shootdown().equals(Shootdowns.LOCAL_ONLY.name());
        boolean switchesIn = SWITCHES_IN.equals(conditions.get("mask"));
        if (switchesIn) {
            conditions.remove("mask");
        }
        boolean usual = switchesIn == (local && !conditions.containsKey("mask"));
        return usual ? Optional.of(conditions) : Optional.empty();
    }

    /** {@return the dispatchers that any race here goes over} */
    public List<Shootdowns> shootdowns() {
        return Arrays.stream(Shootdowns.values())
                .filter(each -> races.stream().anyMatch(race -> race.shootdown().equals(each.name())))
                .toList();
    }

    /**
     * {@return the race of a strategy over a dispatcher, if the run has it}
     *
     * @param freeing the row
     * @param shootdown the column
     */
    public Optional<Race> at(Freeings freeing, Shootdowns shootdown) {
        return races.stream()
                .filter(race -> race.freeing().equals(freeing.name()))
                .filter(race -> race.shootdown().equals(shootdown.name()))
                .findFirst();
    }
}
