package dev.shootdown.race;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.hart.Machine;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkProbe;
import dev.shootdown.walk.WalkTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hardware walker's program, with the mutator in two parts: the pte is cleared, and later all the rest is done. */
class HardwareWalkerTest {
    /** Nobody tells the walker's hart anything. */
    private static Race untold(WalkerPresence presence) {
        Shootdowns shootdown = presence == WalkerPresence.DESCHEDULED ? Shootdowns.PARAVIRTUAL : Shootdowns.S_MODE_IPI;
        return Race.of(Walkers.HARDWARE)
                .shootdown(shootdown)
                .where(each -> each.withMask(WalkerMask.ABSENT).withPresence(presence));
    }

    @ParameterizedTest
    @EnumSource(value = WalkerPresence.class, mode = EnumSource.Mode.EXCLUDE, names = "LAZY")
    void speculationThatFindsNoPageLeavesThePointerToAFreedTable(WalkerPresence presence) {
        assertEquals(WalkOutcome.READ_FREED_TABLE, new TwoParts(untold(presence)).walk());
    }

    @Test
    void anAccessThatFindsNoPageEndsTheProgram() {
        Race told = Race.of(Walkers.HARDWARE).shootdown(Shootdowns.SBI_RFENCE);
        TwoParts race = new TwoParts(told);
        assertEquals(WalkOutcome.PAGE_FAULT, race.walk());
        assertEquals(1, race.nextAccesses, "the load only, no store");
    }

    /** Clears the pte as the speculation is about to load it, and unmaps before the next access. */
    private static final class TwoParts implements RaceObserver {
        private final RaceInstance instance;
        private boolean cleared;
        private int nextAccesses;

        TwoParts(Race race) {
            instance = new RaceInstance(race, Machine.boot(RaceInstance.specOf(race)), this);
            instance.prepare();
        }

        WalkOutcome walk() {
            return instance.walk();
        }

        @Override
        public void nextStep(int step) {
            if (step == 0 && !cleared) {
                cleared = true;
                clearPte(instance.site());
            } else if (step == WalkProbe.NEXT_ACCESS && nextAccesses++ == 0) {
                instance.mutate();
            }
        }

        private static void clearPte(RaceSite site) {
            long table = site.mm().tableAt(site.address(), TableLevel.PTE);
            site.tables().getAndClear(site.tables().entryOffset(table, 0, site.address()));
        }

        @Override
        public void sectionEnds(WalkTrace walk) {}

        @Override
        public void markerPassed() {}
    }
}
