package dev.shootdown.race;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.STATIC_KEY;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_RCU;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.walk.Recheck;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The repair of a broken race: the same walker and mutator, and the one change nearest at hand after which {@link TruthTable}
 * calls it safe.
 */
public final class Repairs {
    private Repairs() {}

    /**
     * A broken race made safe.
     *
     * @param race the safe race
     * @param what what was changed: {@code freeing}, {@code shootdown}, {@code recheck}, {@code mask} or {@code publish}
     * @param before its name in the broken race
     * @param after its name in the safe one
     */
    public record Repair(Race race, String what, String before, String after) {}

    /**
     * {@return the repair of {@code race}: as a collection has it, or else the nearest at hand; empty if it is not known to be
     * broken, or no one change is known to mend it}
     *
     * @param race broken or not
     */
    public static Optional<Repair> of(Race race) {
        return KnownRaces.repairOf(race).or(() -> nearest(race));
    }

    /**
     * {@return the repair by which a broken race becomes {@code mended}: the first part that differs names it, or else
     * the condition}
     *
     * @param broken the race as it is
     * @param mended a safe one that differs from it in one thing
     * @throws IllegalArgumentException if nothing differs
     */
    public static Repair between(Race broken, Race mended) {
        return Stream.of(
                        part(mended, "mutator", broken.mutator(), mended.mutator()),
                        part(mended, "walker", broken.walker(), mended.walker()),
                        part(mended, "freeing", broken.freeing(), mended.freeing()),
                        part(mended, "shootdown", broken.shootdown(), mended.shootdown()),
                        condition(broken, mended))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(mended.id() + " is no repair of itself"));
    }

    private static Optional<Repair> part(Race mended, String what, Named before, Named after) {
        return before.name().equals(after.name())
                ? Optional.empty()
                : Optional.of(new Repair(mended, what, before.name(), after.name()));
    }

    private static Optional<Repair> condition(Race broken, Race mended) {
        Map<String, String> before = broken.conditions().all();
        Map<String, String> after = mended.conditions().all();
        return before.keySet().stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .findFirst()
                .map(name -> new Repair(
                        mended,
                        name,
                        Objects.requireNonNull(before.get(name)),
                        Objects.requireNonNull(after.get(name))));
    }

    /** The one change nearest at hand that the truth table knows. */
    private static Optional<Repair> nearest(Race race) {
        Race plain = new Race(
                race.walker(), race.mutator(), race.shootdown(), race.freeing(), race.satp(), race.conditions(), null);
        if (!is(plain, Verdict.UNSAFE) || !(race.mutator() instanceof Mutators mutator)) {
            return Optional.empty();
        }
        Stream<Repair> candidates = switch (mutator) {
            case MUNMAP ->
                Stream.of(recheck(plain), mask(plain), freeings(plain), shootdown(plain))
                        .flatMap(each -> each);
            case MUNMAP_PARTIAL, COLLAPSE ->
                Stream.of(recheck(plain), mask(plain), shootdown(plain)).flatMap(each -> each);
            case POPULATE -> publish(plain);
        };
        return candidates.filter(repair -> is(repair.race(), Verdict.SAFE)).findFirst();
    }

    private static boolean is(Race race, Verdict verdict) {
        return TruthTable.lookUp(race)
                .filter(expectation -> expectation.verdict() == verdict)
                .isPresent();
    }

    private static Stream<Repair> mask(Race race) {
        WalkerMask before = race.conditions().mask();
        Optional<WalkerMask> exact = switch (before) {
            case RUNNING -> Optional.empty();
            case SWITCHES_IN_UNORDERED -> Optional.of(WalkerMask.SWITCHES_IN);
            case SWITCHES_IN, ABSENT -> Optional.of(WalkerMask.RUNNING);
        };
        return exact.stream()
                .map(after -> new Repair(
                        race.where(conditions -> conditions.withMask(after)), "mask", before.name(), after.name()));
    }

    private static Stream<Repair> freeings(Race race) {
        if (!(race.freeing() instanceof Freeings before)) {
            return Stream.of();
        }
        return better(before).stream()
                .map(after -> new Repair(race.freeing(after), "freeing", before.name(), after.name()));
    }

    /** Strategies that wait for more, the nearest first. */
    private static List<Freeings> better(Freeings freeing) {
        return switch (freeing) {
            case FREE_BEFORE_FLUSH -> List.of(REMOVE_PAGE, REMOVE_TABLE);
            case REMOVE_PAGE, STATIC_KEY -> List.of(REMOVE_TABLE);
            case TABLE_ONE_UNSYNCHRONISED -> List.of(TABLE_ONE_SYNC_IPI, TABLE_ONE_SYNC_RCU);
            case TABLE_ONE_SYNC_IPI, SYNC_RCU_BEFORE_FLUSH -> List.of(TABLE_ONE_SYNC_RCU);
            case CALL_RCU_BEFORE_FLUSH -> List.of(Freeings.TABLE_ONE_CALL_RCU);
            case REMOVE_TABLE_BEFORE_FLUSH -> List.of(REMOVE_TABLE);
            case SYNC_IPI_BEFORE_FLUSH -> List.of(TABLE_ONE_SYNC_IPI, TABLE_ONE_SYNC_RCU);
            case TRACKER_READ_BARRIER -> List.of(Freeings.TRACKER_FULL_BARRIER, REMOVE_TABLE);
            case TRACKER_FULL_BARRIER -> List.of(REMOVE_TABLE);
            case STATIC_KEY_INVERTED -> List.of(STATIC_KEY, REMOVE_TABLE);
            case DEPOSIT -> List.of(Freeings.DEPOSIT_SYNC_IPI, Freeings.DEPOSIT_SYNC_RCU);
            case DEPOSIT_SYNC_IPI -> List.of(Freeings.DEPOSIT_SYNC_RCU);
            case REUSE_IN_PLACE -> List.of(Freeings.REUSE_IN_PLACE_SYNC_IPI, Freeings.REUSE_IN_PLACE_SYNC_RCU);
            case REUSE_IN_PLACE_SYNC_IPI -> List.of(Freeings.REUSE_IN_PLACE_SYNC_RCU);
            case TABLE_COUNT_UNCHECKED, TABLE_COUNT_BLIND, TABLE_COUNT_IN_TABLE -> List.of(Freeings.TABLE_COUNT);
            case MM_EXIT_UNPINNED -> List.of(Freeings.MM_EXIT);
            case WORKER, TYPE_STABLE -> List.of(REMOVE_TABLE);
            case WORKER_BEFORE_FLUSH -> List.of(Freeings.WORKER, REMOVE_TABLE);
            case LOCK_ENTRY_BEFORE, LOCK_FREER_ONLY, LOCK_IN_TABLE -> List.of(Freeings.LOCK);
            case REMOVE_TABLE,
                    TABLE_ONE_SYNC_RCU,
                    TABLE_ONE_CALL_RCU,
                    DEPOSIT_SYNC_RCU,
                    REUSE_IN_PLACE_SYNC_RCU,
                    TABLE_COUNT,
                    MM_EXIT,
                    LOCK -> List.of();
        };
    }

    /** The same route, waited for and to everybody. */
    private static Stream<Repair> shootdown(Race race) {
        if (!(race.shootdown() instanceof Shootdowns before)) {
            return Stream.of();
        }
        Optional<Shootdowns> better = switch (before) {
            case SBI_RFENCE_POSTED -> Optional.of(Shootdowns.SBI_RFENCE);
            case BROADCAST_UNSYNCED -> Optional.of(Shootdowns.HARDWARE_BROADCAST);
            case PARAVIRTUAL, LAZY_SKIP -> Optional.of(Shootdowns.S_MODE_IPI);
            case S_MODE_IPI, SBI_RFENCE, LOCAL_ONLY, HARDWARE_BROADCAST -> Optional.empty();
        };
        return better.stream()
                .map(after -> new Repair(race.shootdown(after), "shootdown", before.name(), after.name()));
    }

    private static Stream<Repair> recheck(Race race) {
        Recheck before = race.conditions().recheck();
        Race both = race.where(conditions -> conditions.withRecheck(Recheck.PMD_AND_PTE));
        return Stream.of(new Repair(both, "recheck", before.name(), Recheck.PMD_AND_PTE.name()));
    }

    private static Stream<Repair> publish(Race race) {
        PublishOrder before = race.conditions().publishOrder();
        Race ordered = race.where(conditions -> conditions.withPublishOrder(PublishOrder.ZERO_THEN_RELEASE));
        return Stream.of(new Repair(ordered, "publish", before.name(), PublishOrder.ZERO_THEN_RELEASE.name()));
    }
}
