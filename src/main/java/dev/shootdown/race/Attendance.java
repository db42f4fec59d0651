package dev.shootdown.race;

import dev.shootdown.hart.Hart;
import dev.shootdown.tlb.Absence;
import dev.shootdown.walk.WalkProbe;
import dev.shootdown.walk.WalkTrace;

/** When one walker's hart is away, and when it comes back. */
final class Attendance {
    private final Hart hart;
    private final RaceConditions conditions;
    private final RaceObserver observer;
    private final int weakestStep;

    private Attendance(RaceSite site) {
        this.hart = site.walkerHart();
        this.conditions = site.conditions();
        this.observer = site.observer();
        this.weakestStep = conditions.victim().level();
    }

    /** The attendance of the walker at a site. */
    static Attendance at(RaceSite site) {
        return new Attendance(site);
    }

    /** The hart's state before the race. */
    void prepare() {
        if (conditions.presence() == WalkerPresence.LAZY) {
            absence().leave(hart);
        }
    }

    /** A lazy hart switches to the address space. */
    void switchTo() {
        if (conditions.presence() == WalkerPresence.LAZY) {
            absence().comeBack(hart);
        }
    }

    /** Between two instructions: a vCPU that is descheduled is, and comes back. */
    void betweenInstructions() {
        if (conditions.presence() == WalkerPresence.DESCHEDULED) {
            absence().leave(hart);
            observer.nextStep(WalkProbe.NEXT_ACCESS);
            absence().comeBack(hart);
        }
    }

    /** The site's observer, before whom the hart is descheduled: it is away while the observer dawdles. */
    RaceObserver observer() {
        return conditions.presence() == WalkerPresence.DESCHEDULED ? new DescheduledInMidWalk(absence()) : observer;
    }

    private Absence absence() {
        return new Absence(hart.machine());
    }

    private final class DescheduledInMidWalk implements RaceObserver {
        private final Absence absence;

        DescheduledInMidWalk(Absence absence) {
            this.absence = absence;
        }

        @Override
        public void nextStep(int step) {
            if (step == weakestStep) {
                absence.leave(hart);
                observer.nextStep(step);
                absence.comeBack(hart);
            } else {
                observer.nextStep(step);
            }
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
}
