package dev.shootdown.stress;

import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;

/** What a stress run on this host has to show about a race. It differs from the race's verdict on a strong host. */
public enum StressExpectation {
    /** The race does not fail anywhere: no forbidden outcome may be seen. */
    SAFE,
    /** The race fails and this host can show it: the failure must be seen. */
    UNSAFE,
    /** The race fails, but only by reorderings that this host does not do: the failure must not be seen here. */
    NOT_OBSERVABLE;

    /**
     * {@return what a race that fails from some memory model on has to show on a host with another}
     *
     * @param failsFrom the strongest memory model under which the race fails
     * @param host the memory model that the host's architecture promises
     */
    public static StressExpectation of(FailsFrom failsFrom, MemoryModel host) {
        if (failsFrom == FailsFrom.NEVER) {
            return SAFE;
        }
        return failsFrom.failsUnder(host) ? UNSAFE : NOT_OBSERVABLE;
    }
}
