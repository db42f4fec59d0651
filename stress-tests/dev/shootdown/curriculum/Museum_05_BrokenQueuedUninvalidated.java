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
 * A full batch is queued for RCU with no invalidation, and the grace period ends before the flush (before d86564a2f085). With the
 * invalidation first it is the race of {@link Museum_05_LazyHartTold}.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_05_BrokenQueuedUninvalidated {
    static final StressRace RACE = StressRace.inC1(
            Race.parse("hardware/munmap/lazy-skip-unless-tables-freed/queued-uninvalidated/sv39/presence=lazy"));

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
