package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.RCU_WALK;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.PteRelease;
import dev.shootdown.mm.RetractTables;
import dev.shootdown.mm.RetractTables.Locks;
import dev.shootdown.pagetable.RwSemaphore;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walker;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.walk.RmapWalk;
import dev.shootdown.walk.WalkOutcome;

/**
 * A file's page tables retracted under {@code mmap_lock} alone, until 8d3c106e19e8; and without it, since 1d65b771bc08.
 *
 * <p>A walker that came by the reverse map holds the file's {@code i_mmap_rwsem} and reads the pmd. {@code collapse_pte_mapped_thp}
 * holds {@code mmap_lock}, which is of no concern to that walker, and {@code pmd_lock}, which no walker takes on its way down; it clears
 * the pmd, flushes, and frees the table. The walker goes on into it. The first fix takes the other semaphore too, passes over
 * mappings that have an {@code anon_vma}, whose semaphore would be a third, and drops {@code pmd_lock}. {@code retract_page_tables} had
 * held both semaphores all along, and passed over such mappings; what it lacked, and 2ba99c5e0881 added, was a wait for fast GUP. The
 * later change to it, 1d65b771bc08, takes neither semaphore to write: walkers hold {@code rcu_read_lock} meanwhile, and {@code
 * pte_free_defer} waits for a grace period.
 */
final class S08_RetractUnderTheWrongLocks {
    private static final String LOCKS = "8d3c106e19e8";
    private static final String DEFER = "1d65b771bc08";

    /** A walker by the reverse map. */
    private enum Rmap implements WalkerKind {
        RMAP_WALK;

        @Override
        public Walker on(RaceSite site) {
            RwSemaphore semaphore = new RwSemaphore(site.machine(), RetractTables.I_MMAP);
            RmapWalk walk = new RmapWalk(semaphore, site.tables(), site.observer());
            return new Walker() {
                @Override
                public WalkOutcome walk(long virtualAddress) {
                    return walk.pin(virtualAddress);
                }

                @Override
                public void release() {
                    walk.unpin();
                }
            };
        }
    }

    /** Retractions of a table whose entries are clear. */
    private enum Retraction implements MutatorKind {
        /** {@code collapse_pte_mapped_thp} as it was. */
        RETRACT_UNDER_MMAP_LOCK(Locks.MMAP_LOCK_ALONE, PteRelease.PTE_FREE),
        /** The same with a broadcast before the free. */
        RETRACT_UNDER_MMAP_LOCK_SYNC(Locks.MMAP_LOCK_ALONE, PteRelease.SYNC_ONE_AND_PTE_FREE),
        /** Both semaphores: {@code collapse_pte_mapped_thp} as mended, {@code retract_page_tables} as it was. */
        RETRACT_UNDER_BOTH_LOCKS(Locks.MMAP_LOCK_AND_I_MMAP, PteRelease.PTE_FREE),
        /** Both semaphores, and a broadcast: as it was merged, together with 2ba99c5e0881. */
        RETRACT_UNDER_BOTH_LOCKS_SYNC(Locks.MMAP_LOCK_AND_I_MMAP, PteRelease.SYNC_ONE_AND_PTE_FREE),
        /** No semaphore that keeps anybody out, and a broadcast before the free. */
        RETRACT_SYNC(Locks.I_MMAP_TO_READ, PteRelease.SYNC_ONE_AND_PTE_FREE),
        /** No semaphore that keeps anybody out, and a grace period before the free. */
        RETRACT_DEFER(Locks.I_MMAP_TO_READ, PteRelease.PTE_FREE_DEFER);

        private final Locks locks;
        private final PteRelease release;

        Retraction(Locks locks, PteRelease release) {
            this.locks = locks;
            this.release = release;
        }

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return RetractTables.addRegion(spec);
        }

        /** The small page has been unmapped by the reverse map; its table is still there. */
        @Override
        public void prepare(RaceSite site) {
            long page = site.mm().map(site.address());
            long table = site.mm().tableAt(site.address(), TableLevel.PTE);
            site.tables().getAndClear(site.tables().entryOffset(table, 0, site.address()));
            if (site.tables().frameTable().put(page, 1) == 0) {
                site.tables().memory().free(page);
            }
        }

        @Override
        public Mutator on(RaceSite site) {
            RetractTables tables = new RetractTables(site.mm(), site.gather(), locks, release);
            return () -> tables.retract(site.address());
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return WalkOutcome.READ_FREED_TABLE;
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            8,
            "tables retracted under the wrong locks",
            LOCKS + ", " + DEFER,
            Actor.cast(
                    "who came by the file's reverse map, or a thread in fast GUP",
                    "khugepaged, which retracts the pte table of a file mapping"),
            Exhibit.broken(
                    Race.of(Rmap.RMAP_WALK)
                            .against(Retraction.RETRACT_UNDER_MMAP_LOCK)
                            .expecting(
                                    Expectation.unsafe("mmap_lock keeps no walker out that has i_mmap_rwsem", LOCKS)),
                    "collapse_pte_mapped_thp: mmap_lock to write and pmd_lock, and not i_mmap_rwsem",
                    walker("down_read"),
                    walker("page_vma_mapped_walk"),
                    freer("down_write"),
                    freer("pmd_lock"),
                    freer("pmdp_collapse_flush"),
                    freer("pte_free"),
                    walker("gup_fast_pgd_range"),
                    walker("up_read")),
            Exhibit.fixed(
                    Race.of(Rmap.RMAP_WALK)
                            .against(Retraction.RETRACT_UNDER_BOTH_LOCKS)
                            .expecting(Expectation.safe("i_mmap_rwsem keeps the walker out", LOCKS)),
                    "both semaphores to write, and no pmd_lock"),
            Exhibit.broken(
                    Race.of(FAST_GUP)
                            .against(Retraction.RETRACT_UNDER_BOTH_LOCKS)
                            .shootdown(Shootdowns.SBI_RFENCE)
                            .expecting(Expectation.unsafe("fast GUP holds no semaphore", "2ba99c5e0881")),
                    "retract_page_tables: both semaphores, which fast GUP does not ask for",
                    walker("local_irq_save"),
                    walker("gup_fast_pgd_range").at("pmd"),
                    freer("retract_page_tables"),
                    freer("pmdp_collapse_flush"),
                    freer("pte_free"),
                    walker("gup_fast_pgd_range").at("pte")),
            Exhibit.fixed(
                    Race.of(FAST_GUP)
                            .against(Retraction.RETRACT_UNDER_BOTH_LOCKS_SYNC)
                            .shootdown(Shootdowns.SBI_RFENCE)
                            .expecting(Expectation.safe("the broadcast waits for fast GUP", "2ba99c5e0881")),
                    "both semaphores, and a broadcast"),
            Exhibit.fixed(
                    Race.of(RCU_WALK)
                            .against(Retraction.RETRACT_DEFER)
                            .expecting(Expectation.safe("pte_free_defer waits for pte_offset_map's readers", DEFER)),
                    "no semaphore: the walker is an RCU reader, and the table waits for a grace period"),
            Exhibit.fixed(
                    Race.of(FAST_GUP)
                            .against(Retraction.RETRACT_DEFER)
                            .shootdown(Shootdowns.SBI_RFENCE)
                            .expecting(Expectation.safe("interrupts off hold off a grace period", DEFER)),
                    "the same before fast GUP, without any broadcast"),
            Exhibit.nextBest(
                    Race.of(Rmap.RMAP_WALK)
                            .against(Retraction.RETRACT_UNDER_MMAP_LOCK_SYNC)
                            .expecting(
                                    Expectation.unsafe("an interrupt waits for nobody who holds a semaphore", LOCKS)),
                    "the broadcast instead of the second semaphore"),
            Exhibit.nextBest(
                    Race.of(Rmap.RMAP_WALK)
                            .against(Retraction.RETRACT_DEFER)
                            .expecting(Expectation.unsafe(
                                    "a grace period waits for readers, and for no semaphore", DEFER)),
                    "pte_free_defer before walkers became RCU readers"),
            Exhibit.nextBest(
                    Race.of(RCU_WALK)
                            .against(Retraction.RETRACT_SYNC)
                            .expecting(Expectation.unsafe("an interrupt ends no RCU reader", DEFER)),
                    "the broadcast instead of pte_free_defer"));

    private S08_RetractUnderTheWrongLocks() {}
}
