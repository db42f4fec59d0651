package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.RCU_WALK;

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

/**
 * Without the grace period, {@code rcu_read_lock} holds nothing off.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Walker_03_BrokenRcuWalkUnderSbi {
    static final StressRace RACE = StressRace.inC1(
            Race.of(RCU_WALK).against(MUNMAP).shootdown(SBI_RFENCE).freeing(REMOVE_PAGE));

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
