package dev.shootdown.curriculum;

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
 * The retraction holds {@code mmap_lock}, which a walker that came by the reverse map does not ask for (before 8d3c106e19e8).
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_08_BrokenRmapWalkNotKeptOut {
    static final StressRace RACE =
            StressRace.inC1(Race.parse("rmap-walk/retract-under-mmap-lock/s-mode-ipi/remove-page/sv39"));

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
