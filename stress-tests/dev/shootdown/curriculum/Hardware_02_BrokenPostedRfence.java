package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE_POSTED;
import static dev.shootdown.race.Walkers.HARDWARE;

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

/** Firmware that only sends the request: not even a grace period helps the hardware, which walks from what it has cached. */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Hardware_02_BrokenPostedRfence {
    static final StressRace RACE = StressRace.of(
            Race.of(HARDWARE).against(MUNMAP).shootdown(SBI_RFENCE_POSTED).freeing(REMOVE_TABLE));

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
