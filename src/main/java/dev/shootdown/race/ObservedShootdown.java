package dev.shootdown.race;

import dev.shootdown.hart.Hart;
import dev.shootdown.tlb.FlushRange;
import dev.shootdown.tlb.RfenceRoute;
import dev.shootdown.tlb.Shootdown;

/** A dispatcher that tells an observer before it is asked: for mutators that free pages but no table. */
record ObservedShootdown(Shootdown dispatcher, RaceObserver observer) implements Shootdown {
    @Override
    public RfenceRoute route() {
        return dispatcher.route();
    }

    @Override
    public void fence(Hart sender, long targets, FlushRange range) {
        observer.markerPassed();
        dispatcher.fence(sender, targets, range);
    }
}
