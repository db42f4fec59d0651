package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.riscv.TableShape.ARCHITECTURAL;

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
 * Tables of 512 entries, as the architecture has them: the verdicts do not depend on the compact shape.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Shape_01_ArchitecturalIpi {
    static final StressRace RACE = StressRace.of(Race.of(FAST_GUP)
                    .against(MUNMAP)
                    .shootdown(S_MODE_IPI)
                    .freeing(REMOVE_PAGE)
                    .shape(ARCHITECTURAL))
            .brokenTwin(Shape_02_BrokenArchitecturalSbi.class);

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
