package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REUSE_IN_PLACE;
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
 * After the flush another address space goes on with the table: nothing is freed, and nobody is waited for. Can a page of the new
 * owner be pinned?
 *
 * <p>Not if the pmd is loaded again after the pin. (For a pmd table there is no such look, and a wait is needed: 1013af4f585f.)
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Kept_03_ReuseInPlaceSeenByTheRecheck {
    static final StressRace RACE = StressRace.inC1(
                    Race.of(FAST_GUP).against(MUNMAP).shootdown(SBI_RFENCE).freeing(REUSE_IN_PLACE))
            .brokenTwin(Kept_04_BrokenReuseInPlaceWithoutRecheck.class);

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
