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
 * The flush covers pointers if tables were unshared.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Museum_10_UnsharedTablesToo {
    static final StressRace RACE = StressRace.inC1(
                    Race.parse("hardware/unshare-batch/sbi-rfence/remove-page/sv39/third=own"))
            .brokenTwin(Museum_10_BrokenFreedTablesOnly.class)
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
