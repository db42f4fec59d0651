package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
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
 * The same interrupt against a walker that holds {@code rcu_read_lock} only: it is taken inside the reader. This
 * shows only when an allocation fails, which is why it was there for years.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Batch_02_BrokenSyncIpiForRcuWalk {
    static final StressRace RACE = StressRace.of(
            Race.of(RCU_WALK).against(MUNMAP).shootdown(SBI_RFENCE).freeing(TABLE_ONE_SYNC_IPI));

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
