package dev.shootdown.curriculum;

import static dev.shootdown.race.FreedFrames.RECYCLED_AS_TABLE;
import static dev.shootdown.race.Freeings.TABLE_COUNT;
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
 * A walker takes a reference to each table before it reads there, unless there is none left, and the last reference frees. Does
 * the reference hold the table that was meant?
 *
 * <p>Yes, if the entry that led there is loaded again once the reference is taken.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Kept_05_CountAndParentEntry {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
                    .against(MUNMAP)
                    .shootdown(SBI_RFENCE)
                    .freeing(TABLE_COUNT)
                    .where(conditions -> conditions.withFreedFrames(RECYCLED_AS_TABLE)))
            .brokenTwin(Kept_06_BrokenCountAlone.class);

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
