package dev.shootdown.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.SfenceVma;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.riscv.VirtualAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlbTest {
    private static final int ASID = 7;
    private static final int OTHER_ASID = 8;
    private static final long PAGE = TableShape.COMPACT.bytes();
    private static final long ADDRESS = 5 * PAGE;
    private static final long LEAF = Pte.leaf(0x1234);
    private static final long GLOBAL = Pte.leaf(0x1235, Pte.R | Pte.G);
    private static final long POINTER = Pte.table(0x4321);

    private final Machine machine = Machine.boot(Tlb.addRegion(MachineSpec.of(SatpMode.SV39)));
    private final Tlb tlb = new Tlb(machine);
    private final Hart hart = machine.hart(0);

    private void fill() {
        tlb.fillLeaf(hart, ADDRESS, ASID, 0, LEAF);
        tlb.fillPointer(hart, ADDRESS, ASID, 1, POINTER);
    }

    private void assertCached(long leaf, long pointer) {
        assertEquals(leaf, Tlb.entryOf(tlb.leaf(hart, ADDRESS, ASID)));
        assertEquals(pointer, Tlb.entryOf(tlb.pointer(hart, ADDRESS, ASID)));
    }

    @Test
    void whatWasFilledInIsFoundByItsHartAddressAndSpace() {
        assertCached(Tlb.MISS, Tlb.MISS);
        fill();
        assertCached(LEAF, POINTER);
        assertEquals(1, Tlb.levelOf(tlb.pointer(hart, ADDRESS, ASID)));
        assertEquals(POINTER, Tlb.entryOf(tlb.pointer(hart, ADDRESS + PAGE, ASID)), "of the same table");
        assertEquals(Tlb.MISS, tlb.leaf(hart, ADDRESS + 2 * PAGE, ASID));
        assertEquals(Tlb.MISS, tlb.leaf(hart, ADDRESS, OTHER_ASID));
        assertEquals(Tlb.MISS, tlb.leaf(machine.hart(1), ADDRESS, ASID));
    }

    @Test
    void thePointerNearestToTheLeafIsFound() {
        tlb.fillPointer(hart, ADDRESS, ASID, 2, Pte.table(0x77));
        assertEquals(2, Tlb.levelOf(tlb.pointer(hart, ADDRESS, ASID)));
        fill();
        assertEquals(POINTER, Tlb.entryOf(tlb.pointer(hart, ADDRESS, ASID)));
    }

    @Test
    void aThirdEntryTakesThePlaceOfAnother() {
        fill();
        tlb.fillLeaf(hart, ADDRESS + 2 * PAGE, ASID, 0, LEAF);
        assertEquals(Tlb.MISS, tlb.leaf(hart, ADDRESS, ASID));
    }

    @ParameterizedTest
    @EnumSource(SatpMode.class)
    void theHighestAddressAndTheHighestAsidFit(SatpMode mode) {
        long highest = (1L << (VirtualAddress.bits(mode, TableShape.COMPACT) - 1)) - PAGE;
        for (long address : new long[] {highest, -PAGE}) {
            tlb.fillLeaf(hart, address, 0x7FFF, 0, LEAF);
            assertEquals(LEAF, Tlb.entryOf(tlb.leaf(hart, address, 0x7FFF)));
        }
        assertThrows(IllegalArgumentException.class, () -> tlb.fillLeaf(hart, 0, 0x8000, 0, LEAF));
    }

    @Test
    void aFenceThatNamesAddressesLeavesPointersAlone() {
        fill();
        hart.localFence(new SfenceVma(FenceExtent.RANGE, ADDRESS, PAGE, SfenceVma.EVERY_ASID));
        assertCached(Tlb.MISS, POINTER);
        hart.localFence(FenceExtent.EVERYTHING);
        assertCached(Tlb.MISS, Tlb.MISS);
    }

    @Test
    void aFenceThatNamesAddressesLeavesOtherAddressesAlone() {
        fill();
        hart.localFence(new SfenceVma(FenceExtent.RANGE, ADDRESS + PAGE, PAGE, ASID));
        assertCached(LEAF, POINTER);
    }

    @Test
    void aFenceThatNamesAnAddressSpaceSparesOthersAndWhatIsGlobal() {
        fill();
        hart.localFence(new SfenceVma(FenceExtent.EVERYTHING, 0, Long.MAX_VALUE, OTHER_ASID));
        assertCached(LEAF, POINTER);
        tlb.fillLeaf(hart, ADDRESS, OTHER_ASID, 0, GLOBAL);
        assertCached(GLOBAL, POINTER);
        hart.localFence(new SfenceVma(FenceExtent.EVERYTHING, 0, Long.MAX_VALUE, OTHER_ASID));
        assertCached(GLOBAL, POINTER);
        hart.localFence(FenceExtent.EVERYTHING);
        assertCached(Tlb.MISS, Tlb.MISS);
    }

    @Test
    void aMachineModeFenceEmptiesTheCachesOfItsTargetOnly() {
        fill();
        machine.hart(1).machineModeFence(hart, FenceExtent.EVERYTHING);
        assertCached(LEAF, POINTER);
        hart.machineModeFence(machine.hart(1), FenceExtent.EVERYTHING);
        assertCached(Tlb.MISS, Tlb.MISS);
        assertEquals(0, hart.peekContext());
    }

    @Test
    void anInterruptCarriesTheRangeToItsTarget() {
        fill();
        FlushRange range = new FlushRange(ASID);
        range.widen(ADDRESS, PAGE, PAGE);
        new SmodeIpi(machine).fence(machine.hart(1), 0b11, range);
        assertCached(Tlb.MISS, POINTER);
        range.widenByTable(0, 8 * PAGE, 8 * PAGE);
        new SmodeIpi(machine).fence(machine.hart(1), 0b11, range);
        assertCached(Tlb.MISS, Tlb.MISS);
    }

    @Test
    void theSplitFenceDoesWhatTheWholeOneDoes() {
        fill();
        tlb.fillLeaf(hart, ADDRESS + PAGE, ASID, 0, LEAF);
        Svinval.invalidate(
                hart,
                new SfenceVma(FenceExtent.RANGE, ADDRESS, PAGE, ASID),
                new SfenceVma(FenceExtent.RANGE, ADDRESS + PAGE, PAGE, ASID));
        assertCached(Tlb.MISS, POINTER);
        assertEquals(Tlb.MISS, tlb.leaf(hart, ADDRESS + PAGE, ASID));
    }
}
