package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_RCU;
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
 * And safe for the walker that holds {@code rcu_read_lock} only.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Batch_04_SyncRcuForRcuWalk {
    static final StressRace RACE = StressRace.of(
                    Race.of(RCU_WALK).against(MUNMAP).shootdown(SBI_RFENCE).freeing(TABLE_ONE_SYNC_RCU))
            .brokenTwin(Batch_02_BrokenSyncIpiForRcuWalk.class);

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
