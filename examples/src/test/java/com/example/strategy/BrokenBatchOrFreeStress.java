package com.example.strategy;

import dev.shootdown.stress.BrokenRace;
import dev.shootdown.stress.StressRace;
import dev.shootdown.stress.StressSample;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Its broken twin: the failure must be seen, or the silence of {@link BatchOrWaitStress} means nothing. */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class BrokenBatchOrFreeStress {
    static final StressRace RACE = StressRace.of(Races.TWIN);

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
