package dev.shootdown.curriculum;

import static dev.shootdown.race.FreedFrames.RECYCLED_AS_DATA;
import static dev.shootdown.race.Mutators.MUNMAP_PARTIAL;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.walk.Recheck.PMD_ONLY;

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
 * The same missing re-check where the flush is a waited interrupt: the page is not given away before the walk is
 * over. This is how such a mistake stays unseen.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Recheck_05_NoPteRecheckUnderIpi {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
                    .against(MUNMAP_PARTIAL)
                    .shootdown(S_MODE_IPI)
                    .where(conditions ->
                            conditions.withFreedFrames(RECYCLED_AS_DATA).withRecheck(PMD_ONLY)))
            .brokenTwin(Recheck_02_BrokenWithoutPteRecheck.class);

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
