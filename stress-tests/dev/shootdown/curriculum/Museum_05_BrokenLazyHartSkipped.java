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
 * A lazy hart is skipped by the flush and holds off no grace period: it speculates into the freed table (x86, 2018).
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_05_BrokenLazyHartSkipped {
    static final StressRace RACE =
            StressRace.inC1(Race.parse("hardware/munmap/lazy-skip/remove-table/sv39/presence=lazy"));

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
