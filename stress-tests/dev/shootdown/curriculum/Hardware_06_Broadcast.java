package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
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
 * Messages to every hart, and a barrier that waits until all have invalidated; no software is asked. For whom is that enough?
 *
 * <p>For the walker in hardware, which keeps nothing but what is invalidated. For fast GUP it is not:
 * {@link Museum_14_BrokenBroadcastWithoutInterrupt}.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Hardware_06_Broadcast {
    static final StressRace RACE = StressRace.inC1(Race.of(HARDWARE)
                    .against(MUNMAP)
                    .shootdown(HARDWARE_BROADCAST)
                    .freeing(REMOVE_PAGE))
            .brokenTwin(Hardware_07_BrokenBroadcastUnsynced.class);

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
