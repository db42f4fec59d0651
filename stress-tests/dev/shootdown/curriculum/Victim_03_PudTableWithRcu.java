package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.riscv.SatpMode.SV48;
import static dev.shootdown.riscv.TableLevel.PUD;

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
 * The pud table is freed together with those below it (Sv48): RCU covers every level.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Victim_03_PudTableWithRcu {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
                    .against(MUNMAP)
                    .shootdown(SBI_RFENCE)
                    .freeing(REMOVE_TABLE)
                    .satp(SV48)
                    .victim(PUD))
            .brokenTwin(Victim_04_BrokenSbiPudTable.class);

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
