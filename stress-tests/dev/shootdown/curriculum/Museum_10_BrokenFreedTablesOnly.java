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
 * The flush spares pointers, as no table was freed (arm64 before c2ff4764e03e): the hardware walks on into another process.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_10_BrokenFreedTablesOnly {
    static final StressRace RACE = StressRace.inC1(
                    Race.parse("hardware/unshare-batch/freed-tables-only/remove-page/sv39/third=own"))
            .patience(16);

    private final StressSample sample = RACE.checkout();

    @Actor
    public void walker() {
        sample.walk();
    }

    @Actor
    public void mutator() {
        sample.mutate();
    }

    @Actor
    public void secondProcess() {
        sample.serve();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = sample.finish();
    }
}
