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

/** An IOMMU is no hart: no flush of harts makes it forget its pointer to a table that {@code vmap} frees. */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_17_BrokenIommuNotTold {
    static final StressRace RACE =
            StressRace.inC1(Race.parse("iommu/vmap-promotion/s-mode-ipi/remove-page/sv39/mask=absent"));

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
