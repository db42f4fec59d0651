package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.PARAVIRTUAL;
import static dev.shootdown.race.WalkerMask.ABSENT;
import static dev.shootdown.race.WalkerPresence.DESCHEDULED;
import static dev.shootdown.race.Walkers.HARDWARE;

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
 * The same vCPU is not in the mask, so the flush notes no debt for it: it comes back with all that it had cached, and uses it.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Hardware_09_BrokenNotFlushedAtReentry {
    static final StressRace RACE = StressRace.inC1(Race.of(HARDWARE)
            .against(MUNMAP)
            .shootdown(PARAVIRTUAL)
            .freeing(REMOVE_PAGE)
            .where(conditions -> conditions.withPresence(DESCHEDULED).withMask(ABSENT)));

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
