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
 * No memory for a batch: every hart is interrupted with nothing to do, and the table is freed (before d86564a2f085).
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_05_BrokenFreedUninvalidated {
    static final StressRace RACE = StressRace.compiled(
            Race.parse("hardware/munmap/lazy-skip-unless-tables-freed/table-one-uninvalidated/sv39/presence=lazy"));

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
