package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.Grade;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.OutcomeClassifier;
import dev.shootdown.race.OwnOutcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceCheck;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Stressed;
import dev.shootdown.race.Walkers;
import dev.shootdown.walk.WalkOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InProcessGateTest {
    private static final Race SAFE = Race.of(Walkers.FAST_GUP).freeing(Freeings.REMOVE_TABLE);
    private static final Race BROKEN = Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE);
    private static final Race WEAK_ONLY = Race.of(Walkers.FAST_GUP)
            .against(Mutators.POPULATE)
            .where(conditions -> conditions.withPublishOrder(PublishOrder.ZERO_THEN_PLAIN));

    private record Own(String name) implements RaceCheck {
        @Override
        public boolean holds(RaceSite site, List<WalkOutcome> walks) {
            return true;
        }
    }

    private static Stressed judged(Race race, Map<String, Long> outcomes) {
        return judged(race, outcomes, Map.of("activeNanos", 1_000_000_000L));
    }

    private static Stressed judged(Race race, Map<String, Long> outcomes, Map<String, Long> counters) {
        ForkStatistics seen = new ForkStatistics(new TreeMap<>(counters), new TreeMap<>());
        return new InProcessGate(race, seen, new TreeMap<>(outcomes), MemoryModel.TSO).judge();
    }

    @Test
    void silenceWithoutContentionIsInconclusive() {
        Stressed stressed = judged(SAFE, Map.of("PINNED", 500_000L));
        assertEquals(StressVerdict.INCONCLUSIVE, stressed.verdict());
        assertEquals(
                List.of(SAFE.id() + " (expected SAFE) was hardly ever on: 0 contended samples of 1,000 needed, and the"
                        + " table freed in 0 of 1,000; stress it longer, or on a machine that does less else."),
                stressed.findings());
    }

    @Test
    void aFailureOfASafeRaceIsAFinding() {
        Stressed stressed = judged(SAFE, Map.of("PINNED", 9L, "READ_FREED_TABLE", 2L));
        assertEquals(StressVerdict.UNSAFE, stressed.verdict());
        assertEquals(2, stressed.failures());
        assertEquals(2, stressed.hitsPerSecond());
        assertEquals(
                List.of(SAFE.id() + " (expected SAFE) showed the forbidden outcome READ_FREED_TABLE 2 times."),
                stressed.findings());
    }

    @Test
    void aNearMissOfASafeRaceIsAFindingButNoFailure() {
        Stressed stressed = judged(SAFE, Map.of("NEAR_MISS", 1L));
        assertEquals(StressVerdict.INCONCLUSIVE, stressed.verdict());
        assertEquals(
                SAFE.id() + " (expected SAFE) showed the forbidden outcome NEAR_MISS 1 time.",
                stressed.findings().getFirst());
    }

    @Test
    void aBrokenRaceMustFail() {
        assertEquals(List.of(), judged(BROKEN, Map.of("READ_FREED_TABLE", 1L)).findings());
        assertEquals(
                List.of(BROKEN.id()
                        + " (expected UNSAFE) must fail on this TSO host, but none of [READ_FREED_TABLE] was"
                        + " seen in 0 samples."),
                judged(BROKEN, Map.of("NEAR_MISS", 9L)).findings());
    }

    @Test
    void anotherFailureThanItsOwnIsAFinding() {
        Map<String, Long> outcomes = Map.of("READ_FREED_TABLE", 100L, "ACCESS_FAULT", 1L);
        assertEquals(
                List.of(BROKEN.id() + " (expected UNSAFE) showed the forbidden outcome ACCESS_FAULT 1 time."),
                judged(BROKEN, outcomes).findings());
    }

    @Test
    void nothingIsAskedOfARaceThatThisHostCannotShow() {
        assertEquals(List.of(), judged(WEAK_ONLY, Map.of("PINNED", 9L)).findings());
        assertEquals(
                List.of(WEAK_ONLY.id() + " (expected UNSAFE) failed 1 time on a TSO host, which should not be able to"
                        + " show it."),
                judged(WEAK_ONLY, Map.of("READ_UNINITIALISED_TABLE", 1L)).findings());
    }

    private record Graded(Grade grade) implements OutcomeClassifier {
        @Override
        public String name() {
            return "GRADED";
        }

        @Override
        public List<OwnOutcome> outcomes() {
            return List.of(new OwnOutcome("LATE", grade));
        }

        @Override
        public Optional<OwnOutcome> classify(RaceSite site, List<WalkOutcome> walks) {
            return Optional.empty();
        }
    }

    @Test
    void anOutcomeOfItsOwnIsTakenByItsGrade() {
        Map<String, Long> late = Map.of("LATE", 3L);
        Map<String, Long> enough = Map.of("contended", 5_000L, "freedInSample", 5_000L);
        Stressed interesting = judged(SAFE.classifying(new Graded(Grade.INTERESTING)), late, enough);
        assertEquals(StressVerdict.NOT_OBSERVED, interesting.verdict());
        assertEquals(List.of(), interesting.findings());
        assertEquals(3, interesting.interesting());
        assertTrue(interesting.toString().contains("LATE 3 (interesting)"), interesting::toString);
        Stressed acceptable = judged(SAFE.classifying(new Graded(Grade.ACCEPTABLE)), late, enough);
        assertEquals(List.of(), acceptable.findings());
        assertEquals(0, acceptable.interesting());
        Stressed forbidden = judged(SAFE.classifying(new Graded(Grade.FORBIDDEN)), late, enough);
        assertEquals(StressVerdict.UNSAFE, forbidden.verdict());
        assertEquals(3, forbidden.failures());
    }

    @Test
    void countsInterruptsAndTheFreersTime() {
        Stressed stressed =
                judged(SAFE, Map.of(), Map.of("interruptsSelf", 7L, "interruptsByProxy", 9L, "freerNanos.1279", 64L));
        assertEquals(7, stressed.interruptsSelf());
        assertEquals(9, stressed.interruptsByProxy());
        assertEquals(Optional.of(Duration.ofNanos(1279)), stressed.freerTime());
        assertTrue(stressed.toString().contains("7 interrupts taken, 9 by proxy; the freer takes 1.3 µs"));
    }

    @Test
    void aCheckOfItsOwnFailsASafeRaceAndIsTheFailureOfABrokenOne() {
        Own check = new Own("LEAKED");
        assertEquals(
                List.of(SAFE.id() + "/classifier=leaked (expected SAFE) showed the forbidden outcome LEAKED 1 time."),
                judged(SAFE.checking(check), Map.of("LEAKED", 1L)).findings());
        assertEquals(
                List.of(),
                judged(BROKEN.checking(check), Map.of("LEAKED", 100L)).findings());
    }
}
