package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
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
 * No memory for a batch of tables: is it enough to interrupt every hart once, and free?
 *
 * <p>For fast GUP it is, even where fences go by SBI: this interrupt is an S-mode one, and it is waited for.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Batch_01_SyncIpiUnderSbi {
    static final StressRace RACE = StressRace.of(
                    Race.of(FAST_GUP).against(MUNMAP).shootdown(SBI_RFENCE).freeing(TABLE_ONE_SYNC_IPI))
            .brokenTwin(Batch_05_BrokenUnsynchronised.class);

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
