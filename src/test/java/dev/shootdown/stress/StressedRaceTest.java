package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.mm.TableFreeing;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.FreeingKind;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceCheck;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Stressed;
import dev.shootdown.race.ThirdActor;
import dev.shootdown.race.Walkers;
import dev.shootdown.walk.WalkOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Races stressed in the test's own VM. */
@Timeout(60)
class StressedRaceTest {
    private static final Race SAFE =
            Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE).freeing(Freeings.REMOVE_TABLE);
    private static final Race BROKEN = SAFE.freeing(Freeings.REMOVE_PAGE);
    private static final Duration SHORT = Duration.ofMillis(1);

    private record Own(String name, TableFreeing strategy) implements FreeingKind {}

    private record Pinned(String name) implements RaceCheck {
        @Override
        public boolean holds(RaceSite site, List<WalkOutcome> walks) {
            return walks.stream().allMatch(each -> each == WalkOutcome.PINNED);
        }
    }

    /** Stresses until something has been seen, within reason: how much a second shows depends on what else runs. */
    private static Stressed until(Race race, StressVerdict wanted) {
        Stressed stressed = race.stress(SHORT);
        for (int millis = 50; stressed.verdict() != wanted && millis < 10_000; millis *= 2) {
            stressed = race.stress(Duration.ofMillis(millis));
        }
        return stressed;
    }

    @Test
    void aBrokenRaceIsSeenToFail() {
        Stressed stressed = until(BROKEN, StressVerdict.UNSAFE);
        long hits = stressed.outcomes().getOrDefault("READ_FREED_TABLE", 0L);
        assertAll(
                () -> assertEquals(StressVerdict.UNSAFE, stressed.verdict()),
                () -> assertTrue(hits > 0, stressed::toString),
                () -> assertEquals(hits, stressed.failures()),
                () -> assertTrue(stressed.contended() > 0, stressed::toString),
                () -> assertTrue(stressed.hitsPerSecond() > 0, stressed::toString),
                () -> assertTrue(stressed.upperBound95().isEmpty()),
                () -> assertTrue(stressed.toString().startsWith(BROKEN.id() + ": UNSAFE\n"), stressed::toString));
    }

    /** Nobody who is about to free can see that such a walker is under way: it says so itself, when it was overtaken. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kvm-unprotected-walk/munmap/hardware-broadcast/remove-table/sv39",
                "ptdump/vmap-promotion/s-mode-ipi/remove-page/sv39",
                "iommu/vmap-promotion/s-mode-ipi/remove-page/sv39/mask=absent"
            })
    void aWalkInNoSectionThatAFreeOvertookIsContended(String id) {
        Stressed stressed = until(Race.parse(id), StressVerdict.UNSAFE);
        assertTrue(stressed.failures() > 0, stressed::toString);
        assertTrue(stressed.contended() >= stressed.failures(), stressed::toString);
    }

    @Test
    void itsRepairIsNot() {
        Stressed stressed = until(SAFE, StressVerdict.NOT_OBSERVED);
        long counted =
                stressed.outcomes().values().stream().mapToLong(each -> each).sum();
        assertAll(
                () -> assertSame(stressed, stressed.assertAsExpected()),
                () -> assertEquals(0, stressed.failures()),
                () -> assertEquals(counted, stressed.samples()),
                () -> assertTrue(stressed.freedInSample() >= 1_000, stressed::toString),
                () -> assertEquals(
                        3.0 / stressed.contended(), stressed.upperBound95().orElseThrow()));
    }

    @Test
    void aStrategyOfYourOwnIsCaught() {
        Own own = new Own("FREE_NOW", (gather, table) -> gather.freeNow(table));
        Race race = SAFE.freeing(own).expecting(Expectation.safe("nobody looks", "me"));
        Stressed stressed = until(race, StressVerdict.UNSAFE);
        AssertionError thrown = assertThrows(AssertionError.class, stressed::assertAsExpected);
        assertTrue(
                thrown.getMessage()
                        .startsWith(
                                "fast-gup/munmap/sbi-rfence/free-now/sv39 (expected SAFE) showed the forbidden outcome "),
                thrown.getMessage());
    }

    @Test
    void aCheckOfYourOwnIsAskedInEverySample() {
        Stressed stressed = SAFE.checking(new Pinned("NOT_PINNED")).stress(SHORT);
        assertEquals(stressed.samples(), count(stressed, "PINNED") + count(stressed, "NOT_PINNED"), stressed::toString);
        assertEquals(count(stressed, "NOT_PINNED"), stressed.failures());
    }

    private static long count(Stressed stressed, String outcome) {
        return stressed.outcomes().getOrDefault(outcome, 0L);
    }

    /** Between two accesses; where a lock is dropped for others; under a semaphore; in a table that another process takes over. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hardware/munmap/leaf-only-fence/remove-page/sv39",
                "faulting-thread/reclaim-unchecked/hardware-broadcast/remove-table/sv39/classifier=faulted-page-lost",
                "rmap-walk/retract-under-mmap-lock/s-mode-ipi/remove-page/sv39",
                "fast-gup/unshare-huge-pmd/sbi-rfence/remove-page/sv39/third=own"
            })
    void walkersAreCaughtWhereverTheyStay(String id) {
        assertTrue(until(Race.parse(id), StressVerdict.UNSAFE).failures() > 0, id);
    }

    @Test
    void everyActorTakesPart() {
        assertTrue(until(BROKEN.harts(3), StressVerdict.UNSAFE).failures() > 0);
        for (ThirdActor third : List.of(ThirdActor.FIRMWARE, ThirdActor.RCU_CALLBACK_HART)) {
            Race race = SAFE.where(conditions -> conditions.withThirdActor(third));
            assertEquals(0, race.stress(SHORT).failures(), third::name);
        }
    }

    @Test
    void anActorThatThrowsEndsTheRun() {
        Own broken = new Own("THROWS", (gather, table) -> {
            throw new IllegalArgumentException("no such table");
        });
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class, () -> SAFE.freeing(broken).stress(Duration.ofHours(1)));
        assertEquals(
                "the mutator of fast-gup/munmap/sbi-rfence/throws/sv39 threw under stress:"
                        + " java.lang.IllegalArgumentException: no such table",
                thrown.getMessage());
    }

    @Test
    void anActorThatInterruptsItselfEndsTheRun() {
        Own interrupted = new Own("INTERRUPTED", (gather, table) -> {
            gather.removePage(table);
            Thread.currentThread().interrupt();
        });
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class, () -> SAFE.freeing(interrupted).stress(Duration.ofHours(1)));
        assertTrue(thrown.getMessage().endsWith(" was interrupted under stress"), thrown.getMessage());
    }

    @Test
    void aRunThatHangsIsGivenUpAndSaysWhere() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Own hangs = new Own("HANGS", (gather, table) -> waitUntilInterrupted(ended));
        RaceStresser impatient = new RaceStresser(Duration.ofMillis(300));
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class, () -> impatient.stress(SAFE.freeing(hangs), Duration.ofHours(1)));
        assertTrue(
                thrown.getMessage()
                        .startsWith("stressing fast-gup/munmap/sbi-rfence/hangs/sv39 got stuck: waited 300 ms"),
                thrown.getMessage());
        assertTrue(thrown.getMessage().contains("\"shootdown mutator\" is at\n"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("waitUntilInterrupted"), thrown.getMessage());
        ended.await();
    }

    private static void waitUntilInterrupted(CountDownLatch ended) {
        try {
            new Semaphore(0).acquire();
        } catch (InterruptedException e) {
            ended.countDown();
        }
    }

    @Test
    void anInterruptEndsTheRunWithWhatItHad() {
        Thread.currentThread().interrupt();
        Stressed stressed = BROKEN.stress(Duration.ofHours(1));
        assertTrue(Thread.interrupted(), "the interrupt must not get lost");
        assertTrue(stressed.samples() > 0);
        assertFalse(stressed.outcomes().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.001S"})
    void aDurationThatMakesNoSenseIsAnError(String duration) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> SAFE.stress(Duration.parse(duration)));
        assertTrue(thrown.getMessage().contains("a day at most"), thrown.getMessage());
    }
}
