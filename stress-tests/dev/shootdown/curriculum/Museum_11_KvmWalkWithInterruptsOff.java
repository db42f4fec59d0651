package dev.shootdown.curriculum;

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

/** With interrupts off it is a walker like fast GUP, and the grace period waits (e86fc1a3a3e9). */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Museum_11_KvmWalkWithInterruptsOff {
    static final StressRace RACE = StressRace.inC1(
                    Race.parse("kvm-uninterrupted-walk/munmap/hardware-broadcast/remove-table/sv39"))
            .brokenTwin(Museum_11_BrokenKvmWalkWithInterruptsOn.class);

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
