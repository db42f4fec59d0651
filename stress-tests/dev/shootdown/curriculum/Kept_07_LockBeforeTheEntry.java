package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.LOCK;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;

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
 * The walker holds a lock for its whole walk, and the freer takes it once between the unhook and the free. Is any lock as good as
 * a grace period?
 *
 * <p>It is, if every entry is read under it.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Kept_07_LockBeforeTheEntry {
    static final StressRace RACE = StressRace.inC1(
                    Race.of(FAST_GUP).against(MUNMAP).shootdown(SBI_RFENCE).freeing(LOCK))
            .brokenTwin(Kept_08_BrokenEntryBeforeTheLock.class);

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
