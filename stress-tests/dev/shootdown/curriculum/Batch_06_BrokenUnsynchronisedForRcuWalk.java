package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.TABLE_ONE_UNSYNCHRONISED;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.Walkers.RCU_WALK;

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
 * Nobody waits, not even a flush that is a waited interrupt: it runs inside the reader.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Batch_06_BrokenUnsynchronisedForRcuWalk {
    static final StressRace RACE = StressRace.inC1(
            Race.of(RCU_WALK).against(MUNMAP).shootdown(S_MODE_IPI).freeing(TABLE_ONE_UNSYNCHRONISED));

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
