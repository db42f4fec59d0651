package dev.shootdown.curriculum;

import dev.shootdown.race.Race;
import dev.shootdown.stress.SafeRace;
import dev.shootdown.stress.StressRace;
import dev.shootdown.stress.StressSample;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * If the lock was dropped, the table is looked through again with all faults kept out.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@Outcome(
        id = "FAULTED_PAGE_LOST",
        expect = Expect.FORBIDDEN,
        desc = "A page that a fault had mapped hung in a table that was taken for empty.")
@State
public class Museum_12_LookedThroughAgain {
    static final StressRace RACE = StressRace.inC1(Race.parse(
                    "faulting-thread/reclaim-rescan/hardware-broadcast/remove-table/sv39/classifier=faulted-page-lost"))
            .brokenTwin(Museum_12_BrokenTakenForEmpty.class);

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
