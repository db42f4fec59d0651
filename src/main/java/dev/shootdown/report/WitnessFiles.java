package dev.shootdown.report;

import dev.shootdown.explore.Exploration;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.nio.file.Path;
import java.util.Optional;

/** Where the failing execution of a race is written down. Asked once for every exploration that found one, by several threads. */
@FunctionalInterface
public interface WitnessFiles {
    /** No witness is written. */
    WitnessFiles NONE = (race, model, exploration) -> Optional.empty();

    /**
     * {@return the file, relative to the directory of results, if there is one}
     *
     * @param race what was explored
     * @param model what it was explored under
     * @param exploration what exploring it came to
     */
    Optional<Path> fileOf(Race race, MemoryModel model, Exploration exploration);

    /**
     * Writes what can wait until no search needs the processors: called after each model, and by whoever gives a run up.
     *
     * @return how many files that were
     */
    default int complete() {
        return 0;
    }
}
