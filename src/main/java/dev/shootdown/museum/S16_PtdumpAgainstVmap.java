package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.museum.S16_PtdumpAgainstVmap.Dumper.PTDUMP;
import static dev.shootdown.museum.S16_PtdumpAgainstVmap.WaitsForDump.WAIT_FOR_PTDUMP;
import static dev.shootdown.museum.VmapPromotion.VMAP_PROMOTION;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
import static dev.shootdown.race.Walkers.RCU_WALK;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.mm.WaitForPtdump;
import dev.shootdown.pagetable.MmapLock;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.FreeingKind;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Walker;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.walk.PtdumpWalk;

/**
 * A dump of the kernel's page tables ran into a table that {@code vmap} had just freed: found by syzbot.
 *
 * <p>The dumper holds the {@code mmap_lock} of {@code init_mm} for writing and has loaded a pmd. On another hart {@code vmap} wants to
 * map a huge page there, where an earlier mapping left an empty pte table: it clears the pmd, flushes every hart, and frees the
 * table, without that lock. The flush's interrupt runs inside the dump, which has interrupts on. The dumper goes on into the
 * table. What arm64 does where tables may be dumped: between flush and free take the lock for reading, and give it back.
 */
final class S16_PtdumpAgainstVmap {
    private static final String SYZBOT = "syzbot fd95a72470f5a44e464c";

    /** Who dumps the tables. */
    enum Dumper implements WalkerKind {
        /** A reader of the dump in debugfs, with the {@code mmap_lock} of {@code init_mm}. */
        PTDUMP;

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return MmapLock.addRegion(spec);
        }

        @Override
        public Walker on(RaceSite site) {
            PtdumpWalk ptdump = new PtdumpWalk(site.walkerHart(), site.tables(), site.observer());
            LookingWalker looking = ptdump::dump;
            return looking;
        }
    }

    /** A free that waits for a dump. */
    enum WaitsForDump implements FreeingKind {
        /** After the flush, and after whoever dumps the tables is through. */
        WAIT_FOR_PTDUMP;

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return MmapLock.addRegion(spec);
        }

        @Override
        public TableFreeing strategy() {
            return new WaitForPtdump();
        }
    }

    private static final Race VMAP = Race.of(PTDUMP).against(VMAP_PROMOTION);

    private static final Race BROKEN = VMAP.freeing(REMOVE_PAGE)
            .expecting(Expectation.unsafe("the interrupt runs inside the dump, and nobody takes its lock", SYZBOT));
    private static final Race FIXED = VMAP.freeing(WAIT_FOR_PTDUMP)
            .expecting(Expectation.safe("who dumps has the lock, and is through once it was had", SYZBOT));

    static final Scenario SCENARIO = Scenario.of(
            16,
            "ptdump reads a table that vmap frees",
            SYZBOT,
            Actor.cast("a reader of the dump in debugfs", "a thread in vmap, which maps a huge page"),
            Exhibit.broken(
                    BROKEN,
                    "vmap frees after the flush",
                    walker("mmap_write_lock"),
                    walker("ptdump_walk_pgd").at("pmd"),
                    freer("pmd_free_pte_page"),
                    freer("pmd_clear"),
                    freer("__flush_tlb_range"),
                    freer("tlb_batch_pages_flush"),
                    walker("ptdump_walk_pgd").at("pte")),
            Exhibit.fixed(FIXED, "vmap takes the dumper's lock between flush and free"),
            Exhibit.fixed(FIXED.shootdown(HARDWARE_BROADCAST), "the same, where the flush sends no interrupt"),
            Exhibit.nextBest(
                    VMAP.freeing(REMOVE_TABLE)
                            .expecting(Expectation.unsafe("the dumper has a lock, but is no RCU reader", SYZBOT)),
                    "vmap frees after a grace period, and nothing is done about the dump"),
            Exhibit.nextBest(
                    Race.of(RCU_WALK)
                            .against(VMAP_PROMOTION)
                            .freeing(REMOVE_TABLE)
                            .expecting(Expectation.safe("a grace period waits for a reader", SYZBOT)),
                    "both halves: vmap frees after a grace period, and who walks is an RCU reader"),
            Exhibit.nextBest(
                    VMAP.freeing(TABLE_ONE_SYNC_IPI)
                            .expecting(Expectation.unsafe("one more interrupt runs inside the dump as well", SYZBOT)),
                    "vmap sends another interrupt to every hart before the free"));

    private S16_PtdumpAgainstVmap() {}
}
