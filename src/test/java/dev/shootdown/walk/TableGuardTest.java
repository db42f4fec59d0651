package dev.shootdown.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.Poison;
import dev.shootdown.memory.WaitExpired;
import dev.shootdown.mm.DropReference;
import dev.shootdown.mm.LockAndFree;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.pagetable.TableCounts;
import dev.shootdown.pagetable.TableCounts.Taking;
import dev.shootdown.pagetable.TableLock;
import dev.shootdown.pagetable.TableLock.Placement;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.testing.MiniKernel;
import dev.shootdown.tlb.SbiRfence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a walker does beside its section, and what comes of it when somebody unmaps in the middle of the walk. */
class TableGuardTest {
    /** Before the walk loads from the pte table: what leads there was loaded, no more. */
    private static final int PTE_TABLE = 0;

    private static MiniKernel counted(Taking taking) {
        return kernel(TableCounts.addRegion(MiniKernel.spec(SatpMode.SV39), taking));
    }

    private static MiniKernel locked(Placement placement) {
        return kernel(TableLock.addRegion(MiniKernel.spec(SatpMode.SV39), placement));
    }

    private static MiniKernel kernel(MachineSpec spec) {
        MiniKernel kernel = MiniKernel.boot(spec, SbiRfence::new);
        kernel.mm().map(kernel.address());
        return kernel;
    }

    private static FastGup walker(MiniKernel kernel, int step, Runnable action) {
        return new FastGup(
                kernel.walker(), kernel.tables(), PinFlags.FOLL_GET, Recheck.PMD_AND_PTE, new Interloper(step, action));
    }

    private static WalkOutcome unmappedUnder(MiniKernel kernel, int step, TableFreeing freeing) {
        return walker(kernel, step, () -> kernel.unmapAll(kernel.gather(freeing)))
                .pin(kernel.address());
    }

    private static long table(MiniKernel kernel) {
        return kernel.mm().tableAt(kernel.address(), TableLevel.PTE);
    }

    @Test
    void aWalkHasAReferenceToItsTablesUntilItIsOver() {
        MiniKernel kernel = counted(Taking.RECHECKED);
        TableCounts counts = kernel.tables().counts().orElseThrow();
        long table = table(kernel);
        long[] seen = new long[1];
        FastGup gup = walker(kernel, WalkProbe.PIN, () -> seen[0] = counts.count(table));
        assertEquals(WalkOutcome.PINNED, gup.pin(kernel.address()));
        assertEquals(2, seen[0]);
        assertEquals(1, counts.count(table));
    }

    @Test
    void aTableThatWasEnteredGoesWhenTheWalkIsOver() {
        MiniKernel kernel = counted(Taking.RECHECKED);
        long table = table(kernel);
        FrameKind[] seen = new FrameKind[1];
        WalkOutcome outcome = walker(kernel, WalkProbe.PIN, () -> {
                    kernel.unmapAll(kernel.gather(new DropReference()));
                    seen[0] = kernel.frames().kind(table);
                })
                .pin(kernel.address());
        assertEquals(WalkOutcome.RETRY, outcome);
        assertEquals(FrameKind.DETACHED_TABLE, seen[0]);
        assertEquals(FrameKind.FREED, kernel.frames().kind(table));
    }

    @ParameterizedTest
    @EnumSource(
            value = Taking.class,
            names = {"RECHECKED", "UNCHECKED"})
    void nobodyEntersATableWithoutReferences(Taking taking) {
        MiniKernel kernel = counted(taking);
        assertEquals(WalkOutcome.RETRY, unmappedUnder(kernel, PTE_TABLE, new DropReference()));
    }

    @Test
    void whoDoesNotLookRevivesATable() {
        MiniKernel kernel = counted(Taking.BLIND);
        assertEquals(WalkOutcome.WROTE_FREED_TABLE, unmappedUnder(kernel, PTE_TABLE, new DropReference()));
    }

    @Test
    void whoLooksAtACountThatWentWithItsTableIsNoWiser() {
        MiniKernel kernel = counted(Taking.OWN_DESCRIPTOR);
        assertEquals(WalkOutcome.WROTE_FREED_TABLE, unmappedUnder(kernel, PTE_TABLE, new DropReference()));
    }

    /** The frame is somebody's table again, with a count: only the parent entry tells. */
    @ParameterizedTest
    @EnumSource(Taking.class)
    void onlyTheParentEntryTellsWhoseCountItWas(Taking taking) {
        MiniKernel kernel = counted(taking);
        TableCounts counts = kernel.tables().counts().orElseThrow();
        long table = table(kernel);
        long foreign = Poison.FOREIGN.pattern() | Pte.leaf(table);
        WalkOutcome outcome = walker(kernel, PTE_TABLE, () -> {
                    kernel.unmapAll(kernel.gather(new DropReference()));
                    kernel.memory().fill(table, foreign);
                    counts.begin(table);
                })
                .pin(kernel.address());
        assertEquals(taking == Taking.UNCHECKED ? WalkOutcome.READ_RECYCLED_TABLE : WalkOutcome.RETRY, outcome);
        assertEquals(1, counts.count(table), "what was taken was given back");
    }

    @ParameterizedTest
    @EnumSource(value = Placement.class, mode = EnumSource.Mode.EXCLUDE, names = "ADDRESS_SPACE_FREER_ONLY")
    void aWalkGivesTheLockBack(Placement placement) {
        MiniKernel kernel = locked(placement);
        TableLock lock = kernel.tables().lock().orElseThrow();
        long table = table(kernel);
        FastGup gup = walker(
                kernel,
                WalkProbe.PIN,
                () -> assertThrows(WaitExpired.class, () -> lock.lock(table), "the walker has it"));
        assertEquals(WalkOutcome.PINNED, gup.pin(kernel.address()));
        assertTrue(lock.lock(table));
    }

    @Test
    void aLockThatOnlyFreersTakeKeepsNobodyOffTheTable() {
        MiniKernel kernel = locked(Placement.ADDRESS_SPACE_FREER_ONLY);
        assertEquals(WalkOutcome.READ_FREED_TABLE, unmappedUnder(kernel, PTE_TABLE, new LockAndFree()));
    }

    @Test
    void aFreerWaitsForAWalkUnderTheLockFromItsFirstEntryOn() {
        MiniKernel kernel = locked(Placement.ADDRESS_SPACE);
        int root = kernel.tables().mode().rootLevel();
        walker(
                        kernel,
                        root,
                        () -> assertThrows(WaitExpired.class, () -> kernel.unmapAll(kernel.gather(new LockAndFree()))))
                .pin(kernel.address());
    }

    @Test
    void aWalkWithTheEntryInHandReadsWhatWasFreed() {
        MiniKernel kernel = locked(Placement.ADDRESS_SPACE_ENTRY_BEFORE);
        assertEquals(WalkOutcome.READ_FREED_TABLE, unmappedUnder(kernel, PTE_TABLE, new LockAndFree()));
    }

    @Test
    void aLockThatWentWithItsTableIsNone() {
        MiniKernel kernel = locked(Placement.OWN_DESCRIPTOR);
        assertEquals(WalkOutcome.WROTE_FREED_TABLE, unmappedUnder(kernel, PTE_TABLE, new LockAndFree()));
    }

    /** As long as the table is not freed, looking again under its lock is enough. */
    @Test
    void aTableThatWasUnhookedIsLeftAgainUnderItsLock() {
        MiniKernel kernel = locked(Placement.OWN_DESCRIPTOR);
        long parent = kernel.entryAt(kernel.address(), 1);
        WalkOutcome outcome = walker(kernel, PTE_TABLE, () -> kernel.tables().unhook(parent, 0))
                .pin(kernel.address());
        assertEquals(WalkOutcome.RETRY, outcome);
    }

    @Test
    void theNextWalkKnowsNothingOfTheLast() {
        MiniKernel kernel = locked(Placement.OWN_DESCRIPTOR);
        FastGup gup = walker(kernel, PTE_TABLE, () -> kernel.unmapAll(kernel.gather(new LockAndFree())));
        assertEquals(WalkOutcome.WROTE_FREED_TABLE, gup.pin(kernel.address()));
        assertEquals(WalkOutcome.NOT_PRESENT, gup.pin(kernel.address()));
    }
}
