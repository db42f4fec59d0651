package dev.shootdown.race;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.walk.WalkOutcome;
import java.util.Set;

/** A kind of walker: makes one for each machine. */
public interface WalkerKind extends Named {
    /** Adds what the walker needs to a machine's image. */
    default MachineSpec prepare(MachineSpec spec) {
        return spec;
    }

    /** Changes what the mutator's kind mapped, on the machine that becomes the template of all others. */
    default void prepare(RaceSite site) {}

    /** Whether it accesses the page that it walks to, besides its tables. */
    default boolean accessesPages() {
        return false;
    }

    /** All outcomes by which a failing race may show, given those that its mutator leads to. */
    default Set<WalkOutcome> possibleFailures(Set<WalkOutcome> ofMutator) {
        return ofMutator;
    }

    /** A walker on {@link RaceSite#walkerHart()} that has {@link RaceSite#observer()} as its probe. */
    Walker on(RaceSite site);
}
