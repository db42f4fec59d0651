package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.PARAVIRTUAL;
import static dev.shootdown.race.WalkerPresence.DESCHEDULED;
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

/** The same skip, and the table waits for a grace period, which waits for the vCPU that was stopped. */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Paravirtual_02_SkipWithRcu {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
                    .against(MUNMAP)
                    .shootdown(PARAVIRTUAL)
                    .freeing(REMOVE_TABLE)
                    .where(conditions -> conditions.withPresence(DESCHEDULED)))
            .brokenTwin(Paravirtual_01_BrokenSkipInMidWalk.class);

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
