package dev.shootdown.cli;

import dev.shootdown.race.Race;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.stress.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many harts race. */
final class HartCount {
    private static final int MAX = RaceConditions.MAX_WALKERS + 1;

    @Option(
            names = "--harts",
            paramLabel = "N",
            description = "Harts that take part, 2 to " + MAX + ": all but one walk. Races that cannot are left out.")
    private @Nullable Integer harts;

    /** The races with so many harts, each once; never none. */
    List<Race> of(List<Race> races, Consumer<String> notes) {
        Integer wanted = harts;
        if (wanted == null) {
            return races;
        }
        if (wanted < 2 || wanted > MAX) {
            throw Names.bad("--harts must be 2 to " + MAX + ", not " + wanted);
        }
        Map<String, Race> changed = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        for (Race race : races) {
            try {
                Race one = race.harts(wanted);
                changed.putIfAbsent(one.id(), one);
            } catch (IllegalArgumentException e) {
                refused.add(race.id() + ": " + e.getMessage());
            }
        }
        if (changed.isEmpty()) {
            throw Names.bad("--harts " + wanted + " does not go with " + refused.getFirst());
        }
        if (!refused.isEmpty()) {
            notes.accept(Numbers.counted(refused.size(), "race") + " left out, such as " + refused.getFirst());
        }
        return List.copyOf(changed.values());
    }
}
