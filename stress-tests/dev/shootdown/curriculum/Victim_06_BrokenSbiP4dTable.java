package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.riscv.SatpMode.SV57;
import static dev.shootdown.riscv.TableLevel.P4D;

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
 * The p4d table is freed after the flush (Sv57), and the flush goes by SBI.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Victim_06_BrokenSbiP4dTable {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
            .against(MUNMAP)
            .shootdown(SBI_RFENCE)
            .freeing(REMOVE_PAGE)
            .satp(SV57)
            .victim(P4D));

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
