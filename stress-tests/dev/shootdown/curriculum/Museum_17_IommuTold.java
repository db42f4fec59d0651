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

/** The IOMMU forgets what it has cached before the worker frees the table (e37d5a2d60a3). */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Museum_17_IommuTold {
    static final StressRace RACE = StressRace.inC1(
                    Race.parse("iommu/vmap-promotion/s-mode-ipi/worker/sv39/mask=absent"))
            .brokenTwin(Museum_17_BrokenIommuNotTold.class);

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
