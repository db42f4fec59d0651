package dev.shootdown.stress;

/**
 * One fork of a run: a test, compiled one way, placed one way.
 *
 * @param number identifies the fork within the run, counted from 1 in the order of the plan
 * @param test what it runs
 * @param compileMode how its actors are compiled
 * @param placement where its actors are put, for the reader
 * @param cpus whether its actors have CPUs of their own
 */
public record PlannedConfiguration(
        int number, PlannedTest test, CompileMode compileMode, String placement, CpuShare cpus) {

    /** Whether actors run at the same time, or take turns on too few CPUs. */
    public enum CpuShare {
        /** Each actor has a CPU. */
        OWN,
        /** There are more actors than CPUs, so they yield to one another. */
        OVERSUBSCRIBED
    }

    /** {@return the fork's name for a reader: the test, the compile mode, and the placement where there is a choice} */
    public String label() {
        return test.shortName() + " " + mode();
    }

    /** {@return the compile mode, and the placement where there is a choice} */
    public String mode() {
        return placement.isEmpty() ? compileMode.label() : compileMode.label() + " " + placement;
    }
}
