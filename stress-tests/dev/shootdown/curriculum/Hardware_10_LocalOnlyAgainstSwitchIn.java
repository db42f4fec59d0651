package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.LOCAL_ONLY;
import static dev.shootdown.race.WalkerMask.SWITCHES_IN;
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
 * No other hart is in {@code mm_cpumask}, so the flush stays local. What about the hardware of a hart that is just
 * switching in?
 *
 * <p>It sets its bit before it writes {@code satp}, and walks only then; the freer clears the entry and then reads the
 * mask. With a full barrier on both sides, either the walk finds the entry cleared or the flush finds the bit.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Hardware_10_LocalOnlyAgainstSwitchIn {
    static final StressRace RACE = StressRace.inC1(Race.of(HARDWARE)
                    .against(MUNMAP)
                    .shootdown(LOCAL_ONLY)
                    .freeing(REMOVE_PAGE)
                    .where(conditions -> conditions.withMask(SWITCHES_IN)))
            .brokenTwin(Hardware_11_BrokenLocalOnlyStaleMask.class);

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
