package dev.shootdown.curriculum;

import static dev.shootdown.race.Mutators.POPULATE;
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
 * A fault hooks in a new table under a walker: zeroed, then a write barrier, then the parent entry ({@code
 * pmd_install}).
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Publish_01_ZeroThenRelease {
    static final StressRace RACE = StressRace.of(Race.of(FAST_GUP).against(POPULATE))
            .brokenTwin(Publish_02_BrokenPublishThenZero.class)
            .patience(2);

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
