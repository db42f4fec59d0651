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

/** Between flush and free, {@code vmap} has the dumper's lock once: the dump is through. */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Museum_16_PtdumpWaitedFor {
    static final StressRace RACE = StressRace.inC1(Race.parse("ptdump/vmap-promotion/s-mode-ipi/wait-for-ptdump/sv39"))
            .brokenTwin(Museum_16_BrokenPtdumpAgainstVmap.class);

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
