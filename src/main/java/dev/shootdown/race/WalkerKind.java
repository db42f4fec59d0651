package dev.shootdown.race;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.walk.WalkOutcome;
import java.util.Set;

/**
 * A kind of walker: makes one for each machine. To bring your own, implement this, by an enum or a record that has a {@link
 * #name()}, and {@link Walker}; {@link Race} says what no part of a race may do.
 */
public interface WalkerKind extends Named {
    /**
     * {@return the description with what the walker needs in a machine's image}
     *
     * @param spec the machine so far
     */
    default MachineSpec prepare(MachineSpec spec) {
        return spec;
    }

    /**
     * Changes what the mutator's kind mapped, on the machine that becomes the template of all others.
     *
     * @param site the machine and what stands on it
     */
    default void prepare(RaceSite site) {}

    /** {@return whether it accesses the page that it walks to, besides its tables} */
    default boolean accessesPages() {
        return false;
    }

    /**
     * {@return whether it loads the entries that led it again before it counts on what it found} Where tables stay
     * tables ({@link FreeingKind#keepsTables}), such a walker may read one in another life.
     */
    default boolean looksAgain() {
        return false;
    }

    /**
     * {@return all outcomes by which a failing race may show, given those that its mutator leads to}
     *
     * @param ofMutator {@link MutatorKind#possibleFailures}
     */
    default Set<WalkOutcome> possibleFailures(Set<WalkOutcome> ofMutator) {
        return ofMutator;
    }

    /**
     * {@return by which outcome a failing race mostly shows, given that of its mutator}
     *
     * @param ofMutator {@link MutatorKind#failure}
     */
    default WalkOutcome failure(WalkOutcome ofMutator) {
        return ofMutator;
    }

    /**
     * {@return a walker on {@link RaceSite#walkerHart()} that has {@link RaceSite#observer()} as its probe}
     *
     * <p>Handed over are the hart, whose {@code interruptsOff()} opens a section; {@link RaceSite#rcu()}, whose {@code
     * readLock(hart)} opens another kind; and {@link RaceSite#tables()}. Either drive a {@link dev.shootdown.walk.FastGup} or
     * {@link dev.shootdown.walk.RcuWalk} built with the observer, or descend by a {@link
     * dev.shootdown.pagetable.EntryReader} of your own: it loads entries in a way that notices freed tables, and {@link
     * dev.shootdown.walk.WalkOutcome#ofFinding} makes an outcome of that. Then call the observer as {@link
     * dev.shootdown.walk.WalkProbe} says. The gather and the address space belong to the mutator: a walker leaves them alone.
     *
     * @param site as this walker sees it: its own hart and address
     */
    Walker on(RaceSite site);
}
