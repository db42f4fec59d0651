package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.TRACKER_READ_BARRIER;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
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
 * The same read barrier after a flush that is a firmware call: its read-modify-writes empty the store buffer, so the mistake
 * does not show.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Tracker_03_ReadBarrierAfterLockedOperation {
    static final StressRace RACE = StressRace.inC2(
                    Race.of(FAST_GUP).against(MUNMAP).shootdown(SBI_RFENCE).freeing(TRACKER_READ_BARRIER))
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
