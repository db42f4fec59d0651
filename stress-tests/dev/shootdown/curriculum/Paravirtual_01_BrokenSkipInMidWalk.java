package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.PARAVIRTUAL;
import static dev.shootdown.race.WalkerPresence.DESCHEDULED;
import static dev.shootdown.race.Walkers.FAST_GUP;

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

/** A vCPU that its host stopped in mid-walk is skipped: the table is freed, and the walk goes on. */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Paravirtual_01_BrokenSkipInMidWalk {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
            .against(MUNMAP)
            .shootdown(PARAVIRTUAL)
            .freeing(REMOVE_PAGE)
            .where(conditions -> conditions.withPresence(DESCHEDULED)));

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
