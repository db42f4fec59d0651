package dev.shootdown.curriculum;

import dev.shootdown.race.Race;
import dev.shootdown.stress.BrokenRace;
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
 * A table all of whose entries were cleared is taken for empty, but a fault came in between (before the fixes to 6375e95f381e).
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@Outcome(
        id = "FAULTED_PAGE_LOST",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "A page that a fault had mapped hung in a table that was taken for empty.")
@State
public class Museum_12_BrokenTakenForEmpty {
    static final StressRace RACE = StressRace.inC1(Race.parse(
            "faulting-thread/reclaim-unchecked/hardware-broadcast/remove-table/sv39/classifier=faulted-page-lost"));

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
