package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.WORKER;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.HARDWARE;

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
 * A worker frees the table, some time after the flush (e37d5a2d60a3). Is the wait for the worker a grace period?
 *
 * <p>The hardware does not need one: the flush came first, and it has fenced.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Kept_01_WorkerForTheHardware {
    static final StressRace RACE = StressRace.inC1(
                    Race.of(HARDWARE).against(MUNMAP).shootdown(SBI_RFENCE).freeing(WORKER))
            .brokenTwin(Kept_09_BrokenWorkerAfterPostedRfence.class);

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
