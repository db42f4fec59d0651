package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.museum.S16_PtdumpAgainstVmap.Dumper.PTDUMP;
import static dev.shootdown.museum.S17_IommuCachesKernelTables.Device.IOMMU;
import static dev.shootdown.museum.VmapPromotion.VMAP_PROMOTION;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.WORKER;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
import static dev.shootdown.race.Walkers.FAST_GUP;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Walker;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.race.WalkerMask;
import dev.shootdown.tlb.Iommu;
import dev.shootdown.tlb.Tlb;
import dev.shootdown.walk.HardwareWalk;
import dev.shootdown.walk.MemoryAccess;
import dev.shootdown.walk.WalkOutcome;

/**
 * An IOMMU that shares a process's address space kept pointers to tables of the kernel, which hang in it too, until e37d5a2d60a3:
 * CVE-2025-71202.
 *
 * <p>A device asks its IOMMU for an address of the kernel. It finds nothing that it may use there, but has cached the pointers on
 * the way. The kernel's {@code vmap} clears the pmd, flushes every hart, and frees the pte table. The IOMMU is no hart: it is in no
 * mask, and takes no interrupt. When the device asks again, the IOMMU starts from the pointer that it has, and reads the freed
 * table.
 *
 * <p>The fix leaves such tables to a worker that first has the IOMMUs forget what they have cached. That the worker comes later
 * is no grace period: whoever walks in software is as exposed as before.
 */
final class S17_IommuCachesKernelTables {
    private static final String SOURCE = "e37d5a2d60a3";

    /** A device with an IOMMU. */
    enum Device implements WalkerKind {
        /** Translates twice for a device that asks again; stands in the place of a hart. */
        IOMMU;

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return Iommu.addRegion(Tlb.addRegion(spec));
        }

        @Override
        public void prepare(RaceSite site) {
            new Iommu(site.machine()).bind(site.walkerHart());
        }

        @Override
        public Walker on(RaceSite site) {
            HardwareWalk walk =
                    new HardwareWalk(site.walkerHart(), new Tlb(site.machine()), site.tables(), site.observer());
            LookingWalker device = address -> {
                WalkOutcome first = walk.access(address, MemoryAccess.SPECULATION);
                return first.isForbidden() ? first : walk.access(address, MemoryAccess.SPECULATION);
            };
            return device;
        }
    }

    /** No hart's mask has the IOMMU in it. */
    private static final Race SVA =
            Race.of(IOMMU).against(VMAP_PROMOTION).where(conditions -> conditions.withMask(WalkerMask.ABSENT));

    private static final Race BROKEN = SVA.freeing(REMOVE_PAGE)
            .expecting(Expectation.unsafe("a flush of harts is none of the IOMMU", "CVE-2025-71202"));
    private static final Race FIXED = SVA.freeing(WORKER)
            .expecting(Expectation.safe("the IOMMU has forgotten the table before it is freed", SOURCE));

    static final Scenario SCENARIO = Scenario.of(
            17,
            "an IOMMU has cached tables of the kernel",
            "CVE-2025-71202, e37d5a2d60a3",
            Actor.cast(
                    "the IOMMU of a device, which asks twice",
                    "a thread in vmap, which maps a huge page, and later the worker"),
            Exhibit.broken(
                    BROKEN,
                    "only the harts are flushed before the table is freed",
                    walker("translation step 2").at("pmd"),
                    freer("pmd_clear"),
                    freer("__flush_tlb_range"),
                    freer("tlb_batch_pages_flush"),
                    walker("translation step 2").at("pte")),
            Exhibit.fixed(FIXED, "a worker has the IOMMU forget the table, and then frees it"),
            Exhibit.nextBest(
                    SVA.freeing(REMOVE_TABLE)
                            .expecting(Expectation.unsafe("a grace period waits for software only", SOURCE)),
                    "the table is freed after a grace period instead"),
            Exhibit.nextBest(
                    Race.of(PTDUMP)
                            .against(VMAP_PROMOTION)
                            .freeing(WORKER)
                            .expecting(Expectation.unsafe("the worker waits for no walker in software", SOURCE)),
                    "the worker is no grace period: a dump of the tables reads what it freed"),
            Exhibit.nextBest(
                    Race.of(FAST_GUP)
                            .against(VMAP_PROMOTION)
                            .shootdown(HARDWARE_BROADCAST)
                            .freeing(WORKER)
                            .expecting(Expectation.unsafe("the worker waits for no walker in software", SOURCE)),
                    "nor would interrupts-off walkers be waited for, where the flush sends no interrupt"));

    private S17_IommuCachesKernelTables() {}
}
