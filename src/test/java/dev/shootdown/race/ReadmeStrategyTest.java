package dev.shootdown.race;

import static dev.shootdown.race.Expectation.safe;
import static dev.shootdown.race.Expectation.unsafe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.junit.RaceTest;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.walk.WalkOutcome;
import org.junit.jupiter.api.Test;

/** The README's example: a free strategy of one's own, its broken twin, and the races they are put into. */
class ReadmeStrategyTest {
    /** Invalidates, interrupts every hart and waits, and only then frees. */
    static final class WaitForEveryHart implements TableFreeing {
        @Override
        public void free(MmuGather gather, DetachedTable table) {
            gather.invalidate();
            gather.interruptAllHarts();
            gather.freeNow(table);
        }
    }

    /** The same in the wrong order: a walker may have loaded the entry before the interrupt and read the table after it. */
    static final class WaitForNobody implements TableFreeing {
        @Override
        public void free(MmuGather gather, DetachedTable table) {
            gather.invalidate();
            gather.freeNow(table);
            gather.interruptAllHarts();
        }
    }

    enum OwnFreeings implements FreeingKind {
        WAIT_FOR_EVERY_HART(new WaitForEveryHart()),
        WAIT_FOR_NOBODY(new WaitForNobody());

        private final TableFreeing strategy;

        OwnFreeings(TableFreeing strategy) {
            this.strategy = strategy;
        }

        @Override
        public TableFreeing strategy() {
            return strategy;
        }
    }

    static final Race WAITED = Race.of(Walkers.FAST_GUP)
            .against(Mutators.MUNMAP)
            .shootdown(Shootdowns.SBI_RFENCE)
            .freeing(OwnFreeings.WAIT_FOR_EVERY_HART)
            .expecting(safe("an interrupts-off walker holds off a waited interrupt", "my patch"));

    static final Race TWIN = WAITED.freeing(OwnFreeings.WAIT_FOR_NOBODY)
            .expecting(unsafe("the table is freed before anybody was interrupted", "my patch"));

    @RaceTest({"WAITED", "TWIN"})
    void comeOutAsExpected() {}

    @Test
    void bothAreRacesLikeAnyOther() {
        assertEquals("fast-gup/munmap/sbi-rfence/wait-for-every-hart/sv39", WAITED.id());
        assertEquals(Verdict.SAFE, WAITED.describe().expected());
        assertEquals(Verdict.UNSAFE, TWIN.describe().expected());
    }

    @Test
    void theStrategyHoldsTheTableUntilTheWalkIsOver() {
        Interleaving run = Interleaving.atTheWeakestStep(WAITED);
        assertTrue(run.blocked());
        assertFalse(run.freedInWalk());
        assertFalse(run.outcome().isForbidden());
    }

    @Test
    void itsBrokenTwinDoesNot() {
        assertEquals(
                WalkOutcome.READ_FREED_TABLE,
                Interleaving.atTheWeakestStep(TWIN).outcome());
    }

    @Test
    void itIsNotEnoughForAWalkerWithInterruptsOn() {
        Race rcuWalk = Race.of(Walkers.RCU_WALK)
                .shootdown(Shootdowns.SBI_RFENCE)
                .freeing(OwnFreeings.WAIT_FOR_EVERY_HART)
                .expecting(unsafe("the interrupt runs inside the reader", "my patch"));
        assertEquals(
                WalkOutcome.READ_FREED_TABLE,
                Interleaving.atTheWeakestStep(rcuWalk).outcome());
    }
}
