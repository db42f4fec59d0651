package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
import static dev.shootdown.race.Walkers.HARDWARE;
import static dev.shootdown.race.Walkers.RCU_WALK;

import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.RemoveTable;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.mm.TableOneSyncRcu;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.FreeingKind;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.walk.WalkOutcome;

/**
 * The shortcut for the last user of an address space, which arm64 lost in 285994a62c80.
 *
 * <p>{@code tlb_remove_table} freed at once when {@code mm_users} was below two, because nobody else could be in the tables
 * then: no other task, so no software walker. But a hart that had run the address space still had non-leaf entries in its walk
 * cache, and nothing had been invalidated yet. It walks into the table that was just freed.
 */
final class S04_LastUserFreesAtOnce {
    private static final String SOURCE = "285994a62c80";
    private static final String MM_USERS = "mm_users";
    private static final Race EXIT = Race.of(HARDWARE).against(Exit.EXIT_MMAP).shootdown(HARDWARE_BROADCAST);

    /** Unmaps everything, as the only user left. */
    private enum Exit implements MutatorKind {
        EXIT_MMAP;

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return spec.withRegion(MM_USERS, 1);
        }

        @Override
        public void prepare(RaceSite site) {
            MUNMAP.prepare(site);
            site.machine().words().setOpaque(site.machine().region(MM_USERS), 1);
        }

        @Override
        public Mutator on(RaceSite site) {
            return MUNMAP.on(site);
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return MUNMAP.failure(conditions);
        }
    }

    /** Strategies with the shortcut. */
    private enum Shortcut implements FreeingKind {
        /** As it was: in front of everything. */
        LAST_USER_FREES_AT_ONCE {
            @Override
            public TableFreeing strategy() {
                return new LastUser((gather, table) -> gather.freeNow(table));
            }
        },
        /** After a flush. */
        LAST_USER_FLUSHES_FIRST {
            @Override
            public TableFreeing strategy() {
                return new LastUser((gather, table) -> {
                    gather.invalidate();
                    gather.freeNow(table);
                });
            }
        }
    }

    /** What the last user does, and RCU for everybody else. */
    private record LastUser(TableFreeing alone) implements TableFreeing {
        private static final TableFreeing WITH_OTHERS = new RemoveTable(new TableOneSyncRcu());

        @Override
        @Mirrors("tlb_remove_table (before 285994a62c80)")
        public void free(MmuGather gather, DetachedTable table) {
            Machine machine = gather.hart().machine();
            // Opaque: who counts users down or up orders nothing for whoever still walks.
            boolean last = machine.words().getOpaque(machine.region(MM_USERS)) < 2;
            (last ? alone : WITH_OTHERS).free(gather, table);
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            4,
            "the last user frees at once",
            SOURCE,
            Exhibit.broken(
                    EXIT.freeing(Shortcut.LAST_USER_FREES_AT_ONCE)
                            .expecting(Expectation.unsafe("the table is freed before the TLBI", SOURCE)),
                    "with mm_users below two the table is freed at once, before the flush",
                    walker("translation step 2"),
                    freer("pmd_clear"),
                    freer("tlb_remove_table (before 285994a62c80)"),
                    freer("__tlb_remove_table"),
                    walker("translation step 2")),
            Exhibit.fixed(
                    EXIT.freeing(REMOVE_TABLE)
                            .expecting(Expectation.safe("every hart is told before the table is freed", SOURCE)),
                    "no shortcut: flush, then RCU"),
            Exhibit.nextBest(
                    EXIT.freeing(Shortcut.LAST_USER_FLUSHES_FIRST)
                            .expecting(Expectation.safe("the walk caches are empty when the table is freed", SOURCE)),
                    "the shortcut behind a flush: enough, as long as mm_users is the whole truth"),
            Exhibit.nextBest(
                    Race.of(RCU_WALK)
                            .against(Exit.EXIT_MMAP)
                            .shootdown(HARDWARE_BROADCAST)
                            .freeing(Shortcut.LAST_USER_FLUSHES_FIRST)
                            .expecting(Expectation.unsafe(
                                    "a flush without interrupts waits for no software walker", SOURCE)),
                    "the same with a walker that holds no reference to mm_users, such as one by the reverse map"));

    private S04_LastUserFreesAtOnce() {}
}
