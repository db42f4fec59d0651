package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.HARDWARE;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.mm.RemoveTable;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.mm.TableOneSyncRcu;
import dev.shootdown.pagetable.DetachedTable;
import dev.shootdown.pagetable.MmUsers;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.FreeingKind;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Walker;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.walk.WalkOutcome;

/**
 * The last user of an address space freed its tables at once, on arm64 before any TLBI: until 285994a62c80.
 *
 * <p>{@code tlb_remove_table} freed at once when {@code mm_users} was below two, because nobody else could be in the tables
 * then: no other task, so no software walker. But a hart that had run the address space still had non-leaf entries in its walk
 * cache, and nothing had been invalidated yet: the flush came at the end of the gather. The exiting thread leaves the address
 * space, clears the pmd and frees the table; the hart walks into it.
 *
 * <p>The fix invalidates every table's walk cache entries where the table is given to {@code tlb_remove_table}, and leaves the
 * shortcut alone. That fell in a6f572084fbe, because {@code mm_users} is not the whole truth either: it does not count who
 * holds {@code mm_count} only.
 */
final class S04_LastUserFreesAtOnce {
    private static final String FLUSHES = "285994a62c80";
    private static final String NO_SHORTCUT = "a6f572084fbe";

    /** Leaves the address space, and unmaps everything when nobody uses it any more. */
    private enum Exit implements MutatorKind {
        EXIT_MMAP;

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return MmUsers.addRegion(spec);
        }

        @Override
        public void prepare(RaceSite site) {
            MUNMAP.prepare(site);
            usersOf(site).begin();
        }

        @Override
        public Mutator on(RaceSite site) {
            Mutator unmap = MUNMAP.on(site);
            MmUsers users = usersOf(site);
            return () -> {
                users.put();
                users.awaitEnd();
                unmap.mutate();
            };
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return MUNMAP.failure(conditions);
        }

        private static MmUsers usersOf(RaceSite site) {
            return MmUsers.of(site.machine()).orElseThrow();
        }
    }

    /** Walkers that the count of users does not know. */
    private enum Uncounted implements WalkerKind {
        /** Fast GUP of a kernel thread in an address space that it has borrowed, and of which it holds {@code mm_count} only. */
        USE_MM_GUP;

        @Override
        public Walker on(RaceSite site) {
            return new BareGup(site, site.observer());
        }
    }

    /** Strategies with the shortcut. */
    private enum Shortcut implements FreeingKind {
        /** As it was: in front of everything. */
        LAST_USER_FREES_AT_ONCE {
            @Override
            public TableFreeing strategy() {
                return new LastUser();
            }
        },
        /** After a flush, which everybody makes. */
        LAST_USER_FLUSHES_FIRST {
            @Override
            public TableFreeing strategy() {
                TableFreeing shortcut = new LastUser();
                return (gather, table) -> {
                    gather.invalidate();
                    shortcut.free(gather, table);
                };
            }
        }
    }

    /** Frees at once for the last user, and by RCU for everybody else. */
    private static final class LastUser implements TableFreeing {
        private static final TableFreeing WITH_OTHERS = new RemoveTable(new TableOneSyncRcu());

        @Override
        @Mirrors("tlb_remove_table (before a6f572084fbe)")
        public void free(MmuGather gather, DetachedTable table) {
            MmUsers users = MmUsers.of(gather.hart().machine()).orElseThrow();
            if (users.count() < 2) {
                gather.freeNow(table);
            } else {
                WITH_OTHERS.free(gather, table);
            }
        }
    }

    static final Scenario SCENARIO = Scenario.of(
            4,
            "the last user frees at once",
            FLUSHES + ", " + NO_SHORTCUT,
            Actor.cast(
                    "the page-table walker of a hart that ran the process",
                    "the last thread of the process, which exits"),
            Exhibit.broken(
                    exit(HARDWARE)
                            .freeing(Shortcut.LAST_USER_FREES_AT_ONCE)
                            .expecting(Expectation.unsafe("the table is freed before the TLBI", FLUSHES)),
                    "with mm_users below two the table is freed at once, before the flush",
                    walker("translation step 2").at("pmd"),
                    freer("mmput"),
                    freer("pmd_clear"),
                    freer("tlb_remove_table (before a6f572084fbe)"),
                    freer("__tlb_remove_table"),
                    walker("translation step 2").at("pte")),
            Exhibit.fixed(
                    exit(HARDWARE)
                            .freeing(Shortcut.LAST_USER_FLUSHES_FIRST)
                            .expecting(Expectation.safe("the walk caches are empty when the table is freed", FLUSHES)),
                    "as merged: the shortcut, after a flush of the table's walk cache entries"),
            Exhibit.fixed(
                    exit(HARDWARE)
                            .freeing(REMOVE_TABLE)
                            .expecting(Expectation.safe("every hart is told before the table is freed", NO_SHORTCUT)),
                    "no shortcut: flush, then RCU"),
            Exhibit.fixed(
                    exit(Uncounted.USE_MM_GUP)
                            .freeing(REMOVE_TABLE)
                            .expecting(Expectation.safe("a grace period asks for no count", NO_SHORTCUT)),
                    "the same before a walker that holds mm_count only"),
            Exhibit.nextBest(
                    exit(FAST_GUP)
                            .freeing(Shortcut.LAST_USER_FLUSHES_FIRST)
                            .expecting(Expectation.safe("who is counted is waited for, or does not begin", FLUSHES)),
                    "the shortcut behind a flush, before a walker that counts itself in by mmget_not_zero: enough"),
            Exhibit.nextBest(
                    exit(Uncounted.USE_MM_GUP)
                            .freeing(Shortcut.LAST_USER_FLUSHES_FIRST)
                            .expecting(Expectation.unsafe(
                                    "a flush without interrupts waits for no software walker", NO_SHORTCUT)),
                    "the same before a walker that holds mm_count only, such as a kernel thread in use_mm: not enough"));

    private S04_LastUserFreesAtOnce() {}

    private static Race exit(WalkerKind walker) {
        return Race.of(walker).against(Exit.EXIT_MMAP).shootdown(HARDWARE_BROADCAST);
    }
}
