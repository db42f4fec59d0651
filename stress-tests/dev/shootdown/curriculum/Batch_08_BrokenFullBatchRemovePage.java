package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.GatherLimit.SMALL_BATCHES;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.riscv.TableLevel.PMD;

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
 * Two entries fill the bundle: the page and the pte table are flushed, by SBI, and freed before the pmd table is unhooked.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Batch_08_BrokenFullBatchRemovePage {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
            .against(MUNMAP)
            .shootdown(SBI_RFENCE)
            .freeing(REMOVE_PAGE)
            .victim(PMD)
            .where(conditions -> conditions.withGatherLimit(SMALL_BATCHES)));

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
