package dev.shootdown.walk;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.Poison;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A walker whose table goes away in the middle of its walk says so, and at which level. */
class FreedTableTest {
    static Stream<Arguments> modesAndVictims() {
        return Arrays.stream(SatpMode.values())
                .flatMap(mode -> Arrays.stream(TableLevel.values())
                        .filter(level -> level.isFreeableUnder(mode))
                        .map(level -> Arguments.of(mode, level)));
    }

    private static FastGup walkerWith(MiniKernel kernel, WalkProbe probe) {
        return new FastGup(kernel.walker(), kernel.tables(), PinFlags.FOLL_GET, Recheck.PMD_AND_PTE, probe);
    }

    private static void unhookAndFree(MiniKernel kernel, TableLevel level) {
        long parent = kernel.mm().parentOf(kernel.address(), level);
        DetachedTable table = kernel.tables().unhook(parent, level.level());
        kernel.memory().free(table.discharge());
    }

    @ParameterizedTest
    @MethodSource("modesAndVictims")
    void aFreedTableIsFoundAtItsLevel(SatpMode mode, TableLevel victim) {
        MiniKernel kernel = MiniKernel.boot(mode);
        kernel.mm().map(kernel.address());
        long table = kernel.mm().tableAt(kernel.address(), victim);
        FastGup gup = walkerWith(kernel, new Interloper(victim.level(), () -> unhookAndFree(kernel, victim)));

        WalkOutcome outcome = gup.pin(kernel.address());

        assertAll(
                () -> assertEquals(WalkOutcome.READ_FREED_TABLE, outcome),
                () -> assertEquals(victim.level(), gup.descent().findingLevel()),
                () -> assertEquals(table, gup.descent().enteredTable(victim.level())),
                () -> assertEquals(0, kernel.walker().peekContext()));
    }

    @ParameterizedTest
    @MethodSource("modesAndVictims")
    void aTableFreedAfterItWasLeftIsFoundOnlyIfTheRecheckReadsIt(SatpMode mode, TableLevel victim) {
        MiniKernel kernel = MiniKernel.boot(mode);
        kernel.mm().map(kernel.address());
        int stepAfter = victim == TableLevel.PTE ? WalkProbe.PIN : victim.level() - 1;
        FastGup gup = walkerWith(kernel, new Interloper(stepAfter, () -> unhookAndFree(kernel, victim)));
        WalkOutcome expected = switch (victim) {
            // The pmd is looked at first, and has been cleared: the pte table is not read again.
            case PTE -> WalkOutcome.RETRY;
            // The re-check of the pmd reads the pmd table once more.
            case PMD -> WalkOutcome.READ_FREED_TABLE;
            case PUD, P4D, PGD -> WalkOutcome.PINNED;
        };
        assertEquals(expected, gup.pin(kernel.address()));
    }

    @Test
    void theFindingOfARecheckWinsAndThePageIsDropped() {
        MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
        long page = kernel.mm().map(kernel.address());
        FastGup gup = walkerWith(kernel, new Interloper(WalkProbe.PIN, () -> unhookAndFreeKeepingPmd(kernel)));
        assertEquals(WalkOutcome.READ_FREED_TABLE, gup.pin(kernel.address()));
        assertEquals(0, gup.descent().findingLevel());
        assertEquals(1, kernel.frames().refCount(page));
    }

    private static void unhookAndFreeKeepingPmd(MiniKernel kernel) {
        long parent = kernel.mm().parentOf(kernel.address(), TableLevel.PTE);
        long entry = kernel.tables().load(parent);
        unhookAndFree(kernel, TableLevel.PTE);
        kernel.tables().publish(parent, entry);
    }

    @ParameterizedTest
    @CsvSource({"FREED, READ_FREED_TABLE", "FOREIGN, READ_RECYCLED_TABLE", "UNINITIALISED, READ_UNINITIALISED_TABLE"})
    void eachPatternHasItsOutcome(Poison poison, WalkOutcome outcome) {
        for (int level = 0; level < 3; level++) {
            MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
            kernel.mm().map(kernel.address());
            kernel.tables().publish(kernel.entryAt(kernel.address(), level), poison.pattern());
            FastGup gup = walkerWith(kernel, WalkProbe.NONE);
            assertEquals(outcome, gup.pin(kernel.address()));
            assertEquals(level, gup.descent().findingLevel());
            assertTrue(outcome.isForbidden());
        }
    }

    @Test
    void aForeignTableIsNotFollowed() {
        MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
        long page = kernel.mm().map(kernel.address());
        kernel.tables().publish(kernel.entryAt(kernel.address(), 0), Poison.FOREIGN.pattern() | Pte.leaf(page));
        assertEquals(
                WalkOutcome.READ_RECYCLED_TABLE,
                walkerWith(kernel, WalkProbe.NONE).pin(kernel.address()));
        assertEquals(1, kernel.frames().refCount(page));
    }

    @Test
    void theNextWalkForgetsWhatTheLastOneFound() {
        MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
        kernel.mm().map(kernel.address());
        FastGup gup = walkerWith(kernel, new Interloper(0, () -> unhookAndFree(kernel, TableLevel.PTE)));
        assertEquals(WalkOutcome.READ_FREED_TABLE, gup.pin(kernel.address()));
        assertEquals(WalkOutcome.NOT_PRESENT, gup.pin(kernel.address()));
        assertEquals(-1, gup.descent().findingLevel());
    }
}
