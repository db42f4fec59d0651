package dev.shootdown.race;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.walk.Recheck;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a race's verdict may depend on besides its four parts. Immutable; the {@code with} methods return changed copies.
 *
 * @param victim up to which level tables are freed
 * @param shape how large tables are
 * @param freedFrames what becomes of freed frames
 * @param recheck which entries the walker loads again
 * @param mask whether the walker's hart is in the mask
 * @param publishOrder how a new table becomes visible
 * @param thirdActor who else takes part
 * @param gatherLimit how soon a gather is full
 * @param presence whether the walker's hart is away for a time
 * @param walkers how many harts walk, 1 to {@link #MAX_WALKERS}, each to a page of its own in the same pte table
 */
public record RaceConditions(
        TableLevel victim,
        TableShape shape,
        FreedFrames freedFrames,
        Recheck recheck,
        WalkerMask mask,
        PublishOrder publishOrder,
        ThirdActor thirdActor,
        GatherLimit gatherLimit,
        WalkerPresence presence,
        int walkers) {

    /** Most harts that can walk: with the mutator, five harts. */
    public static final int MAX_WALKERS = 4;

    /** A pte table of eight entries, quarantine, a correct walker whose hart is in the mask, the kernel's sizes. */
    public static final RaceConditions DEFAULT = new RaceConditions(
            TableLevel.PTE,
            TableShape.COMPACT,
            FreedFrames.QUARANTINE,
            Recheck.PMD_AND_PTE,
            WalkerMask.RUNNING,
            PublishOrder.ZERO_THEN_RELEASE,
            ThirdActor.NONE,
            GatherLimit.KERNEL_SIZES,
            WalkerPresence.PRESENT,
            1);

    /**
     * Checks the number of walkers.
     *
     * @throws IllegalArgumentException if there are none or too many, or several whose bits in the mask would overwrite each
     *     other, being set by plain stores
     */
    public RaceConditions {
        if (walkers < 1 || walkers > MAX_WALKERS) {
            throw new IllegalArgumentException("walkers must be 1.." + MAX_WALKERS + ", not " + walkers);
        }
        if (walkers > 1 && mask == WalkerMask.SWITCHES_IN_UNORDERED) {
            throw new IllegalArgumentException("one walker at most can set its bit by a plain store, not " + walkers);
        }
    }

    /**
     * Frees tables up to that level.
     *
     * @param change below the root of the race's translation mode
     * @return the changed conditions
     */
    public RaceConditions withVictim(TableLevel change) {
        return new RaceConditions(
                change, shape, freedFrames, recheck, mask, publishOrder, thirdActor, gatherLimit, presence, walkers);
    }

    /**
     * Changes how large tables are.
     *
     * @param change architectural or compact
     * @return the changed conditions
     */
    public RaceConditions withShape(TableShape change) {
        return new RaceConditions(
                victim, change, freedFrames, recheck, mask, publishOrder, thirdActor, gatherLimit, presence, walkers);
    }

    /**
     * Changes what becomes of freed frames.
     *
     * @param change whether they are handed out again
     * @return the changed conditions
     */
    public RaceConditions withFreedFrames(FreedFrames change) {
        return new RaceConditions(
                victim, shape, change, recheck, mask, publishOrder, thirdActor, gatherLimit, presence, walkers);
    }

    /**
     * Changes which entries the walker loads again.
     *
     * @param change all of them, if the walker is correct
     * @return the changed conditions
     */
    public RaceConditions withRecheck(Recheck change) {
        return new RaceConditions(
                victim, shape, freedFrames, change, mask, publishOrder, thirdActor, gatherLimit, presence, walkers);
    }

    /**
     * Changes whether the walker's hart is in the mask.
     *
     * @param change in it all along, from when it walks, or never
     * @return the changed conditions
     */
    public RaceConditions withMask(WalkerMask change) {
        return new RaceConditions(
                victim, shape, freedFrames, recheck, change, publishOrder, thirdActor, gatherLimit, presence, walkers);
    }

    /**
     * Changes how a new table becomes visible.
     *
     * @param change with or without its write barrier
     * @return the changed conditions
     */
    public RaceConditions withPublishOrder(PublishOrder change) {
        return new RaceConditions(
                victim, shape, freedFrames, recheck, mask, change, thirdActor, gatherLimit, presence, walkers);
    }

    /**
     * Changes who else takes part.
     *
     * @param change nobody, as a rule
     * @return the changed conditions
     */
    public RaceConditions withThirdActor(ThirdActor change) {
        return new RaceConditions(
                victim, shape, freedFrames, recheck, mask, publishOrder, change, gatherLimit, presence, walkers);
    }

    /**
     * Changes how soon a gather is full.
     *
     * @param change the kernel's sizes, or small ones
     * @return the changed conditions
     */
    public RaceConditions withGatherLimit(GatherLimit change) {
        return new RaceConditions(
                victim, shape, freedFrames, recheck, mask, publishOrder, thirdActor, change, presence, walkers);
    }

    /**
     * Changes whether the walker's hart is away for a time.
     *
     * @param change present, lazy or descheduled
     * @return the changed conditions
     */
    public RaceConditions withPresence(WalkerPresence change) {
        return new RaceConditions(
                victim, shape, freedFrames, recheck, mask, publishOrder, thirdActor, gatherLimit, change, walkers);
    }

    /**
     * Changes how many harts walk.
     *
     * @param change 1 to {@link #MAX_WALKERS}
     * @return the changed conditions
     */
    public RaceConditions withWalkers(int change) {
        return new RaceConditions(
                victim, shape, freedFrames, recheck, mask, publishOrder, thirdActor, gatherLimit, presence, change);
    }

    /** {@return the conditions that differ from {@link #DEFAULT}, by name, as they appear in ids and results} */
    public Map<String, String> notable() {
        Map<String, String> usual = DEFAULT.all();
        Map<String, String> notable = new LinkedHashMap<>();
        all().forEach((name, value) -> {
            if (!value.equals(usual.get(name))) {
                notable.put(name, value.toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        });
        return notable;
    }

    /** All conditions, by the names that {@link #notable} has, as the constants are called. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("victim", victim.name());
        all.put("shape", shape.name());
        all.put("freed", freedFrames.name());
        all.put("recheck", recheck.name());
        all.put("mask", mask.name());
        all.put("publish", publishOrder.name());
        all.put("third", thirdActor.name());
        all.put("gather", gatherLimit.name());
        all.put("presence", presence.name());
        all.put("walkers", Integer.toString(walkers));
        return all;
    }
}
