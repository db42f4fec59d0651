package dev.shootdown.curriculum;

import static dev.shootdown.race.FreedFrames.RECYCLED_AS_DATA;
import static dev.shootdown.race.Mutators.MUNMAP_PARTIAL;
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
 * One page of two is unmapped: the table stays, the page goes and comes back as somebody else's. Can the old page be
 * pinned under its new owner?
 *
 * <p>Not if the pte is loaded again after the pin.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Recheck_01_PteUnderPartialMunmap {
    static final StressRace RACE = StressRace.of(Race.of(FAST_GUP)
                    .against(MUNMAP_PARTIAL)
                    .shootdown(SBI_RFENCE)
                    .where(conditions -> conditions.withFreedFrames(RECYCLED_AS_DATA)))
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
