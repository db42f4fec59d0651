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
 * A shared table becomes another process's own while GUP is in it (CVE-2025-38085): nothing is freed that anybody could guard.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_09_BrokenUnsharedUnderGup {
    static final StressRace RACE = StressRace.inC1(
                    Race.parse("fast-gup/unshare-huge-pmd/sbi-rfence/remove-page/sv39/third=own"))
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
