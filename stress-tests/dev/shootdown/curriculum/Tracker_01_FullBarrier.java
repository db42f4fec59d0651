package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.TRACKER_FULL_BARRIER;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.BROADCAST_UNSYNCED;
import static dev.shootdown.race.Walkers.FAST_GUP;

import dev.shootdown.race.Race;
import dev.shootdown.stress.SafeRace;
import dev.shootdown.stress.StressRace;
import dev.shootdown.stress.StressSample;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The freer interrupts only harts whose flag says that they walk. With a full barrier between the unhook and the look at
 * the flags, and one between flag and walk, one of the two sees the other.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Tracker_01_FullBarrier {
    static final StressRace RACE = StressRace.inC2(Race.of(FAST_GUP)
                    .against(MUNMAP)
                    .shootdown(BROADCAST_UNSYNCED)
                    .freeing(TRACKER_FULL_BARRIER))
            .brokenTwin(Tracker_02_BrokenReadBarrier.class)
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
