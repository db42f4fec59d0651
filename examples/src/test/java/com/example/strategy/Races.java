package com.example.strategy;

import static dev.shootdown.mm.BatchAllocation.FAILS;
import static dev.shootdown.mm.BatchAllocation.SUCCEEDS;
import static dev.shootdown.race.Expectation.safe;
import static dev.shootdown.race.Expectation.unsafe;

import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;

/** The races that these strategies are put into. */
public final class Races {
    private static final Race UNDER_SBI = Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE);

    /** With memory there is nothing wrong with it. */
    static final Race FREE_WITH_MEMORY = UNDER_SBI
            .freeing(new BatchOrFree("BATCH_OR_FREE", SUCCEEDS))
            .expecting(safe("the batch waits for a grace period", "our patch"));

    /** What its author believes; the tests say otherwise. */
    static final Race FREE_WITHOUT_MEMORY = UNDER_SBI
            .freeing(new BatchOrFree("BATCH_OR_FREE_NOMEM", FAILS))
            .expecting(safe("the flush has been waited for", "our patch"));

    /** Repaired. */
    public static final Race WAIT_WITHOUT_MEMORY = UNDER_SBI
            .freeing(new BatchOrWait("BATCH_OR_WAIT_NOMEM", FAILS))
            .expecting(safe("a walk with interrupts off holds up a grace period", "our patch"));

    /** Its broken twin: the same race with the one thing wrong, and known to be. */
    public static final Race TWIN = FREE_WITHOUT_MEMORY.expecting(
            unsafe("an SBI fence does not wait for a walk with interrupts off", "our patch"));

    /** The flush is not the trouble here: what becomes of the table is. */
    static final Race FORGET_WITHOUT_MEMORY = UNDER_SBI
            .freeing(new BatchOrForget("BATCH_OR_FORGET_NOMEM", FAILS))
            .expecting(safe("a table that is never freed is never read freed", "our patch"));

    /** The same, looked at more closely. */
    static final Race FORGOTTEN = FORGET_WITHOUT_MEMORY
            .classifying(new TableFate("TABLE_FATE"))
            .expecting(unsafe("nobody frees the table", "our patch"));

    private Races() {}
}
