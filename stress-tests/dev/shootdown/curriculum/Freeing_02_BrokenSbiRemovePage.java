package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
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
 * The same free after the same flush, but the flush travels by SBI.
 *
 * <p>Firmware fences in M-mode, and {@code sstatus.SIE} does not mask M-mode: the flush completes in the middle of
 * the walk, the table is freed, and the walker's next load is from a freed table.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Freeing_02_BrokenSbiRemovePage {
    static final StressRace RACE = StressRace.of(
            Race.of(FAST_GUP).against(MUNMAP).shootdown(SBI_RFENCE).freeing(REMOVE_PAGE));

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
