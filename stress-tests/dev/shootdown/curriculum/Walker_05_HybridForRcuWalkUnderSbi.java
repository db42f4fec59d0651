package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.STATIC_KEY;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.RCU_WALK;

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
 * On a machine that fences by SBI the same kernel uses RCU, and the same reader is safe.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Walker_05_HybridForRcuWalkUnderSbi {
    static final StressRace RACE = StressRace.inC1(
                    Race.of(RCU_WALK).against(MUNMAP).shootdown(SBI_RFENCE).freeing(STATIC_KEY))
            .brokenTwin(Walker_04_BrokenHybridForRcuWalk.class);

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
