package dev.shootdown.curriculum;

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
 * The last user still frees at once, after a flush that empties the walk caches (285994a62c80).
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Museum_04_LastUserFlushes {
    static final StressRace RACE = StressRace.inC1(
                    Race.parse("hardware/exit-mmap/hardware-broadcast/last-user-flushes-first/sv39"))
            .brokenTwin(Museum_04_BrokenLastUserFreesAtOnce.class);

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
