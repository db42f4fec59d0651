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
 * Everybody is interrupted before the table's share count goes down.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Museum_09_BroadcastBeforeUnshare {
    static final StressRace RACE = StressRace.inC1(
                    Race.parse("fast-gup/unshare-huge-pmd-sync/sbi-rfence/remove-page/sv39/third=own"))
            .brokenTwin(Museum_09_BrokenUnsharedUnderGup.class)
            .patience(6);

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
