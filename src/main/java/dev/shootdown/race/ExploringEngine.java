package dev.shootdown.race;

import java.nio.file.Path;

/**
 * Runs every interleaving of a race, within a bound. {@link java.util.ServiceLoader} finds the engine that {@link Race#explore}
 * uses: so races need not know how they are explored. May be called by several threads.
 */
public interface ExploringEngine {
    /**
     * Explores a race under one memory model.
     *
     * @param race of any parts, built in or not
     * @param model which stores a load may see
     * @return the verdict, and a failing execution if there is one
     * @throws IllegalStateException if harts can come to wait for each other for ever, or an actor threw
     */
    ExploredModel explore(Race race, MemoryModel model);

    /**
     * Runs a saved execution again.
     *
     * @param race the race that it is an execution of
     * @param file written by {@link Counterexample#save}
     * @return its timeline
     * @throws RuntimeException if the file is no saved execution of this race, or does not come out as it did
     */
    String replay(Race race, Path file);
}
