package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.TRACKER_READ_BARRIER;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.BROADCAST_UNSYNCED;
import static dev.shootdown.race.Walkers.FAST_GUP;

import dev.shootdown.race.Race;
import dev.shootdown.stress.BrokenRace;
import dev.shootdown.stress.StressRace;
import dev.shootdown.stress.StressSample;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * With a read barrier only, and a flush of plain stores, the unhook can wait in the store buffer while the flags are read: the
 * walker raises its flag, still sees the old entry, and nobody interrupts it.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Tracker_02_BrokenReadBarrier {
    static final StressRace RACE = StressRace.inC2(Race.of(FAST_GUP)
                    .against(MUNMAP)
                    .shootdown(BROADCAST_UNSYNCED)
                    .freeing(TRACKER_READ_BARRIER))
            .patience(20);

    private final StressSample sample = RACE.checkout();

    @Actor
    public void walker() {
        sample.walk();
    }

    @Actor
    public void mutator() {
        sample.mutate();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = sample.finish();
    }
}
