package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.ThirdActor.RCU_CALLBACK_HART;
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

/** The same three harts, but the table does not wait: it is freed after the flush, and the callback hart finds nothing to do. */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Dispatcher_06_BrokenRcuCallbackHart {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
                    .against(MUNMAP)
                    .shootdown(SBI_RFENCE)
                    .freeing(REMOVE_PAGE)
                    .where(conditions -> conditions.withThirdActor(RCU_CALLBACK_HART)))
            .patience(3);

    private final StressSample sample = RACE.checkout();

    @Actor
    public void walker() {
        sample.walk();
    }

    @Actor
    public void mutator() {
        sample.mutate();
    }

    @Actor
    public void rcuCallbackHart() {
        sample.serve();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = sample.finish();
    }
}
