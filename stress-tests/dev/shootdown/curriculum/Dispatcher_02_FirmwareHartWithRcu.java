package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.ThirdActor.FIRMWARE;
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
 * The firmware as an actor of its own, and the table waits for a grace period.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Dispatcher_02_FirmwareHartWithRcu {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
                    .against(MUNMAP)
                    .shootdown(SBI_RFENCE)
                    .freeing(REMOVE_TABLE)
                    .where(conditions -> conditions.withThirdActor(FIRMWARE)))
            .brokenTwin(Dispatcher_01_BrokenFirmwareHart.class)
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
    public void firmware() {
        sample.serve();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = sample.finish();
    }
}
