package dev.shootdown.curriculum;

import dev.shootdown.race.Race;
import dev.shootdown.stress.SafeRace;
import dev.shootdown.stress.StressRace;
import dev.shootdown.stress.StressSample;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * One interrupt for all tables, before the semaphore is given back (8ce720d5bd91).
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@Outcome(
        id = "INTERRUPTED_AGAIN_AND_AGAIN",
        expect = Expect.FORBIDDEN,
        desc = "The walker's hart was interrupted more than once for one batch.")
@State
public class Museum_10_OneInterruptForAll {
    static final StressRace RACE = StressRace.inC1(
                    Race.parse(
                            "fast-gup/unshare-two-in-a-batch/sbi-rfence/remove-page/sv39/third=own/classifier=interrupted-again-and-again"))
            .brokenTwin(Museum_10_BrokenInterruptForEachTable.class)
            .patience(6);

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
    public void secondProcess() {
        sample.serve();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = sample.finish();
    }
}
