package dev.shootdown.race;

import dev.shootdown.hart.Hart;
import dev.shootdown.tlb.MmCpumask;
import dev.shootdown.walk.WalkTrace;

/**
 * A walker's hart that sets its bit in the mask in the section in which it walks, right before the first load, with no barrier
 * between the two. In front of the section it would have one: opening a section is a full barrier on this machine, where turning
 * interrupts off, or a translation, is none on real ones.
 *
 * <p>An observer, because these are told of every walker's first load. Confined to the walker's thread.
 */
final class UnorderedSwitch implements RaceObserver {
    private final MmCpumask mask;
    private final Hart hart;
    private final RaceObserver observer;
    private boolean entered;

    UnorderedSwitch(MmCpumask mask, Hart hart, RaceObserver observer) {
        this.mask = mask;
        this.hart = hart;
        this.observer = observer;
    }

    /** The hart is about to switch to the address space. */
    void begin() {
        entered = false;
    }

    @Override
    public void nextStep(int step) {
        if (!entered) {
            mask.enterUnordered(hart);
            entered = true;
        }
        observer.nextStep(step);
    }

    @Override
    public void sectionEnds(WalkTrace walk) {
        observer.sectionEnds(walk);
    }

    @Override
    public void markerPassed() {
        observer.markerPassed();
    }
}
