package dev.shootdown.race;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.pagetable.WalkTracker;
import dev.shootdown.walk.FastGup;
import dev.shootdown.walk.WalkOutcome;

/** Fast GUP that says while it walks that it does. */
final class TrackedGup implements Walker {
    private final Hart hart;
    private final FastGup gup;
    private final WalkTracker tracker;
    private final Attendance attendance;

    TrackedGup(RaceSite site, FastGup gup, WalkTracker tracker) {
        this.hart = site.walkerHart();
        this.gup = gup;
        this.tracker = tracker;
        this.attendance = Attendance.at(site);
    }

    @Override
    public WalkOutcome walk(long virtualAddress) {
        attendance.switchTo();
        try (InterruptsOff section = hart.interruptsOff()) {
            tracker.begin(hart);
            WalkOutcome outcome = gup.walk(section, virtualAddress);
            tracker.end(hart);
            return outcome;
        }
    }

    @Override
    public void release() {
        gup.unpin();
    }
}
