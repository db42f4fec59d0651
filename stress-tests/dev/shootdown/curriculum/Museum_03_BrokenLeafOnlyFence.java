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
 * The fence names addresses, and so spares the cached pointer to the table that is freed (before 97cf301fa42e). The same race
 * with a fence that covers everything is {@link Hardware_01_SbiRfence}.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_03_BrokenLeafOnlyFence {
    static final StressRace RACE = StressRace.inC1(Race.parse("hardware/munmap/leaf-only-fence/remove-page/sv39"));

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
