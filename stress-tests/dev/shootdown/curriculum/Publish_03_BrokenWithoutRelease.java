package dev.shootdown.curriculum;

import static dev.shootdown.mm.AddressSpace.PublishOrder.ZERO_THEN_PLAIN;
import static dev.shootdown.race.Mutators.POPULATE;
import static dev.shootdown.race.Walkers.FAST_GUP;

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
 * Zeroed first, but without the write barrier. A host with total store order cannot show it; a weaker one must.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Publish_03_BrokenWithoutRelease {
    static final StressRace RACE = StressRace.inC1(
            Race.of(FAST_GUP).against(POPULATE).where(conditions -> conditions.withPublishOrder(ZERO_THEN_PLAIN)));

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
