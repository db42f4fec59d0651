package dev.shootdown.museum;

import dev.shootdown.race.Walker;
import dev.shootdown.walk.WalkOutcome;

/** A walker that takes no reference, so that there is nothing to give back. */
@FunctionalInterface
interface LookingWalker extends Walker {
    @Override
    WalkOutcome walk(long virtualAddress);

    @Override
    default void release() {}
}
