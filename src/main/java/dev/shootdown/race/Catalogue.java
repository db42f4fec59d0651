package dev.shootdown.race;

import static dev.shootdown.race.Freeings.FREE_BEFORE_FLUSH;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Shootdowns.LOCAL_ONLY;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.HARDWARE;
import static dev.shootdown.race.Walkers.RCU_WALK;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.walk.Recheck;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The races that an exhaustive engine runs: every combination that {@link TruthTable} tells apart, and one pair, safe and
 * unsafe, of everything that must make no difference to it (levels, shapes, batch sizes, who else takes part).
 */
public final class Catalogue {
    private static final Set<Freeings> NEXT_LIVES = EnumSet.range(Freeings.DEPOSIT, Freeings.TYPE_STABLE);

    private static final Set<Freeings> COUNTING = EnumSet.range(Freeings.TABLE_COUNT, Freeings.TABLE_COUNT_IN_TABLE);

    private Catalogue() {}

    /** {@return all of them, each once} The truth table knows what must come out of each. */
    public static List<Race> all() {
        List<Race> races = new ArrayList<>();
        freeingTables(races);
        unorderedMask(races);
        keptTables(races);
        freeingPages(races);
        publishing(races);
        victims(races);
        recycled(races);
        thirdActors(races);
        sizes(races);
        severalWalkers(races);
        races.add(awayUnknown());
        return List.copyOf(races);
    }

    private static void freeingTables(List<Race> races) {
        for (Walkers walker : Walkers.values()) {
            for (Freeings freeing : Freeings.values()) {
                for (Shootdowns shootdown : Shootdowns.values()) {
                    freeingTables(races, Race.of(walker).freeing(freeing), shootdown);
                }
            }
        }
    }

    private static void freeingTables(List<Race> races, Race strategy, Shootdowns shootdown) {
        Race race = strategy.shootdown(shootdown);
        List<Race> cells = new ArrayList<>(List.of(told(race), untold(race)));
        away(shootdown).ifPresent(presence -> cells.add(race.where(each -> each.withPresence(presence))));
        races.addAll(cells);
    }

    /** With a local flush, an exact mask asks for a full barrier on both sides. */
    private static void unorderedMask(List<Race> races) {
        for (Walkers walker : Walkers.values()) {
            pair(
                    races,
                    Race.of(walker).shootdown(LOCAL_ONLY),
                    conditions -> conditions.withMask(WalkerMask.SWITCHES_IN_UNORDERED));
        }
    }

    /**
     * Where tables have another life the re-check of the parent entry decides, and whether there is one at their level; where they
     * are counted, whether they come back as tables.
     */
    private static void keptTables(List<Race> races) {
        for (Walkers walker : List.of(FAST_GUP, RCU_WALK)) {
            for (Shootdowns shootdown : Shootdowns.values()) {
                keptTables(races, Race.of(walker), shootdown);
            }
        }
    }

    private static void keptTables(List<Race> races, Race race, Shootdowns shootdown) {
        Race once = race.where(each -> each.withRecheck(Recheck.PTE_ONLY));
        NEXT_LIVES.forEach(freeing -> freeingTables(races, once.freeing(freeing), shootdown));
        Race above = race.victim(TableLevel.PMD);
        freeingTables(races, above.freeing(Freeings.REUSE_IN_PLACE), shootdown);
        freeingTables(races, above.freeing(Freeings.TYPE_STABLE), shootdown);
        freeingTables(races, above.freeing(Freeings.REUSE_IN_PLACE_SYNC_IPI), shootdown);
        freeingTables(races, above.freeing(Freeings.REUSE_IN_PLACE_SYNC_RCU), shootdown);
        Race recycled = race.where(each -> each.withFreedFrames(FreedFrames.RECYCLED_AS_TABLE));
        COUNTING.forEach(freeing -> freeingTables(races, recycled.freeing(freeing), shootdown));
    }

    /** How a hart is away that the dispatcher skips. */
    private static Optional<WalkerPresence> away(Shootdowns shootdown) {
        return switch (shootdown) {
            case PARAVIRTUAL -> Optional.of(WalkerPresence.DESCHEDULED);
            case LAZY_SKIP -> Optional.of(WalkerPresence.LAZY);
            case S_MODE_IPI, SBI_RFENCE, LOCAL_ONLY, SBI_RFENCE_POSTED, HARDWARE_BROADCAST, BROADCAST_UNSYNCED ->
                Optional.empty();
        };
    }

    /** The re-check that matters decides only where nothing else keeps the page: so every re-check over every route. */
    private static void freeingPages(List<Race> races) {
        for (Mutators mutator : List.of(Mutators.MUNMAP_PARTIAL, Mutators.COLLAPSE)) {
            for (Shootdowns shootdown : Shootdowns.values()) {
                Race gup = recycledAsData(Race.of(FAST_GUP).against(mutator).shootdown(shootdown));
                for (Recheck recheck : Recheck.values()) {
                    Race race = gup.where(conditions -> conditions.withRecheck(recheck));
                    races.add(told(race));
                    races.add(untold(race));
                }
                races.add(told(recycledAsData(Race.of(RCU_WALK).against(mutator).shootdown(shootdown))));
                Race hardware =
                        recycledAsData(Race.of(HARDWARE).against(mutator).shootdown(shootdown));
                races.add(told(hardware));
                races.add(untold(hardware));
                away(shootdown).ifPresent(presence -> races.add(hardware.where(each -> each.withPresence(presence))));
            }
        }
    }

    private static void publishing(List<Race> races) {
        for (Walkers walker : Walkers.values()) {
            for (PublishOrder order : PublishOrder.values()) {
                Race populate = Race.of(walker).against(Mutators.POPULATE);
                races.add(populate.where(conditions -> conditions.withPublishOrder(order)));
            }
        }
    }

    private static void victims(List<Race> races) {
        Race founding = Race.of(FAST_GUP);
        for (Race high : List.of(
                founding.satp(SatpMode.SV39).victim(TableLevel.PMD),
                founding.satp(SatpMode.SV48).victim(TableLevel.PUD),
                founding.satp(SatpMode.SV57).victim(TableLevel.P4D))) {
            races.add(high.shootdown(S_MODE_IPI));
            pair(races, high.shootdown(SBI_RFENCE), UnaryOperator.identity());
        }
    }

    private static void recycled(List<Race> races) {
        for (FreedFrames freed : List.of(FreedFrames.RECYCLED_AS_DATA, FreedFrames.RECYCLED_AS_TABLE)) {
            pair(races, Race.of(FAST_GUP).shootdown(SBI_RFENCE), conditions -> conditions.withFreedFrames(freed));
        }
    }

    private static void thirdActors(List<Race> races) {
        for (ThirdActor third : List.of(ThirdActor.FIRMWARE, ThirdActor.RCU_CALLBACK_HART)) {
            pair(races, Race.of(FAST_GUP).shootdown(SBI_RFENCE), conditions -> conditions.withThirdActor(third));
        }
        for (Walkers walker : List.of(FAST_GUP, HARDWARE)) {
            Race posted = Race.of(walker).shootdown(Shootdowns.SBI_RFENCE_POSTED);
            pair(races, posted, conditions -> conditions.withThirdActor(ThirdActor.FIRMWARE));
        }
        pair(
                races,
                Race.of(HARDWARE).shootdown(SBI_RFENCE),
                conditions -> conditions.withThirdActor(ThirdActor.FIRMWARE));
        workers(races);
        Race interrupted = Race.of(FAST_GUP)
                .shootdown(S_MODE_IPI)
                .where(conditions -> conditions.withThirdActor(ThirdActor.INTERRUPTED_HART));
        races.add(interrupted);
        races.add(interrupted.freeing(FREE_BEFORE_FLUSH));
    }

    /** A worker on its own hart may free as soon as a table is left to it: what holds for it holds wherever a worker runs. */
    private static void workers(List<Race> races) {
        for (Walkers walker : Walkers.values()) {
            for (Shootdowns shootdown : List.of(S_MODE_IPI, SBI_RFENCE, Shootdowns.SBI_RFENCE_POSTED)) {
                Race race = Race.of(walker)
                        .shootdown(shootdown)
                        .where(conditions -> conditions.withThirdActor(ThirdActor.WORKER_HART));
                races.add(race.freeing(Freeings.WORKER));
                races.add(race.freeing(Freeings.WORKER_BEFORE_FLUSH));
            }
        }
    }

    private static void sizes(List<Race> races) {
        Race architectural = Race.of(FAST_GUP).shape(TableShape.ARCHITECTURAL);
        races.add(architectural.shootdown(S_MODE_IPI));
        races.add(architectural.shootdown(SBI_RFENCE));
        pair(
                races,
                Race.of(FAST_GUP).shootdown(SBI_RFENCE).victim(TableLevel.PMD),
                conditions -> conditions.withGatherLimit(GatherLimit.SMALL_BATCHES));
    }

    private static void severalWalkers(List<Race> races) {
        Race two = Race.of(FAST_GUP).harts(3);
        races.add(two.shootdown(S_MODE_IPI));
        pair(races, two.shootdown(SBI_RFENCE), UnaryOperator.identity());
    }

    /** A vCPU that is not in the mask is not skipped but overlooked: it owes no fence, and comes back with all it had cached. */
    private static Race awayUnknown() {
        return untold(Race.of(HARDWARE).shootdown(Shootdowns.PARAVIRTUAL).freeing(REMOVE_PAGE))
                .where(conditions -> conditions.withPresence(WalkerPresence.DESCHEDULED));
    }

    /**
     * A race with and without a grace period before the free. Where nothing else keeps a software walker from the table that makes
     * the difference; to the hardware it makes none.
     */
    private static void pair(List<Race> races, Race race, UnaryOperator<RaceConditions> change) {
        races.add(race.freeing(REMOVE_PAGE).where(change));
        races.add(race.freeing(REMOVE_TABLE).where(change));
    }

    /** The mask is right: with a local flush, it is so because the walker's hart sets its bit as it switches in. */
    private static Race told(Race race) {
        WalkerMask exact = race.shootdown() == LOCAL_ONLY ? WalkerMask.SWITCHES_IN : WalkerMask.RUNNING;
        return race.where(conditions -> conditions.withMask(exact));
    }

    private static Race untold(Race race) {
        return race.where(conditions -> conditions.withMask(WalkerMask.ABSENT));
    }

    private static Race recycledAsData(Race race) {
        return race.where(conditions -> conditions.withFreedFrames(FreedFrames.RECYCLED_AS_DATA));
    }
}
