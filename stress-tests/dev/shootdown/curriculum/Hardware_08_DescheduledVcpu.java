package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.PARAVIRTUAL;
import static dev.shootdown.race.WalkerPresence.DESCHEDULED;
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
 * A vCPU is descheduled between two instructions, with pointers in its caches, and the flush skips it. Is what it has
 * cached used again?
 *
 * <p>No: its host flushes it before it runs again, and a walk of the hardware is never half done at that moment, as one of
 * software may be: {@link Paravirtual_01_BrokenSkipInMidWalk}.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Hardware_08_DescheduledVcpu {
    static final StressRace RACE = StressRace.inC1(Race.of(HARDWARE)
                    .against(MUNMAP)
                    .shootdown(PARAVIRTUAL)
                    .freeing(REMOVE_PAGE)
                    .where(conditions -> conditions.withPresence(DESCHEDULED)))
            .brokenTwin(Hardware_09_BrokenNotFlushedAtReentry.class);

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
