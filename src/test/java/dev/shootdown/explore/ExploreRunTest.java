package dev.shootdown.explore;

import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.race.Walkers.RCU_WALK;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.Conditions;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.ThirdActor;
import dev.shootdown.race.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExploreRunTest {
    private static final Race SAFE = Race.of(FAST_GUP);
    private static final Race UNSAFE = SAFE.shootdown(Shootdowns.SBI_RFENCE);
    private static final Race BROKEN = Race.of(FAST_GUP).shootdown(Shootdowns.SBI_RFENCE);
    private static final Race LARGE =
            BROKEN.where(conditions -> conditions.withThirdActor(ThirdActor.RCU_CALLBACK_HART));

    private static final Explorer EXPLORER = new Explorer(Bounds.DEFAULT);

    /** Two harts that wait for each other. */
    private static final Litmus EMBRACE = Litmus.of(
            "embrace",
            0,
            (words, registers) -> words.await(Litmus.Y, Conditions.ANY_SET, 1),
            (words, registers) -> words.await(Litmus.X, Conditions.ANY_SET, 1));

    /** Keeps what it is told. */
    private static class Log implements ExploreListener {
        private final List<String> events = new ArrayList<>();

        @Override
        public void modelStarts(MemoryModel model, int races) {
            events.add(model + " starts, " + races);
        }

        @Override
        public void explored(ExploredRace race) {
            events.add(race.model() + " " + race.race().id());
        }

        @Override
        public void modelEnds(ModelRun run) {
            events.add(run.model() + " ends");
        }
    }

    private static Exploration found(Race race, MemoryModel model, Verdict verdict) {
        return new Exploration(
                race.id(),
                model,
                verdict,
                Exploration.Extent.EXHAUSTED,
                5,
                3,
                100,
                7,
                Set.of("PINNED"),
                Optional.empty(),
                Exploration.WitnessLength.SHORTEST_MET);
    }

    private static List<ModelRun> run(ExploreRun.Engine engine, List<Race> races, MemoryModel... models)
            throws InterruptedException {
        return new ExploreRun(engine, 2, new Log()).run(races, List.of(models));
    }

    @Test
    void exploresEveryRaceUnderEveryModel() throws InterruptedException {
        List<ModelRun> runs = run(EXPLORER::explore, List.of(SAFE, BROKEN), MemoryModel.SC, MemoryModel.TSO);
        assertEquals(
                List.of(MemoryModel.SC, MemoryModel.TSO),
                runs.stream().map(ModelRun::model).toList());
        for (ModelRun run : runs) {
            assertEquals(
                    List.of(ExploreVerdict.SAFE, ExploreVerdict.UNSAFE),
                    run.races().stream().map(ExploredRace::verdict).toList());
            assertEquals(2, run.asExpected());
            assertTrue(run.executionsPerSecond() > 0);
        }
    }

    /** What is broken off is no result; and nobody waits for it. */
    @Test
    void aListenerThatThrowsEndsTheRun() throws InterruptedException {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch brokenOff = new CountDownLatch(1);
        ExploreRun.Engine engine = (race, model) -> {
            if (race == SAFE) {
                waitUntilInterrupted(underWay, brokenOff);
                throw new CancellationException("interrupted while exploring");
            }
            await(underWay);
            return found(race, model, Verdict.UNSAFE);
        };
        Log full = new Log() {
            @Override
            public void explored(ExploredRace race) {
                super.explored(race);
                throw new UncheckedIOException(new IOException("no space left"));
            }
        };
        ExploreRun run = new ExploreRun(engine, 2, full);
        assertThrows(IllegalStateException.class, () -> run.run(List.of(SAFE, BROKEN), List.of(MemoryModel.SC)));
        brokenOff.await();
        assertEquals(List.of("SC starts, 2", "SC " + BROKEN.id()), full.events);
    }

    private static void waitUntilInterrupted(CountDownLatch underWay, CountDownLatch brokenOff) {
        underWay.countDown();
        try {
            new Semaphore(0).acquire();
        } catch (InterruptedException e) {
            brokenOff.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneThatBreaksDoesNotTakeTheOthersWithIt() throws InterruptedException {
        ExploreRun.Engine engine = (race, model) -> {
            if (race == BROKEN) {
                throw new IllegalStateException("an actor threw", new ArithmeticException("boom"));
            }
            if (race == LARGE) {
                return EXPLORER.explore(EMBRACE, model, Reduction.SOURCE_SETS);
            }
            return found(race, model, Verdict.SAFE);
        };
        List<ExploredRace> races = run(engine, List.of(BROKEN, LARGE, SAFE), MemoryModel.SC)
                .getFirst()
                .races();
        assertAll(
                () -> assertEquals(ExploreVerdict.ERROR, races.get(0).verdict()),
                () -> assertEquals(
                        "an actor threw: java.lang.ArithmeticException: boom",
                        races.get(0).result().message().orElseThrow()),
                () -> assertEquals(ExploreVerdict.DEADLOCK, races.get(1).verdict()),
                () -> assertEquals(0, races.get(1).executions()),
                () -> assertEquals(ExploreVerdict.SAFE, races.get(2).verdict()),
                () -> assertEquals(5, races.get(2).executions()));
    }

    @Test
    void aRefusedModelIsNotRunAndSaysWhy() throws InterruptedException {
        ExploreRun.Engine engine = (race, model) -> {
            throw new IllegalArgumentException("no exploration under " + model);
        };
        ModelRun run = run(engine, List.of(SAFE), MemoryModel.WEAK).getFirst();
        assertEquals(1, run.notRun());
        assertEquals(
                Optional.of("no exploration under WEAK"),
                run.races().getFirst().result().message());
    }

    @Test
    void countsWhatAModelTook() {
        ExploredRace race = new ExploredRace(
                SAFE,
                MemoryModel.SC,
                ExploreResult.of(() -> found(SAFE, MemoryModel.SC, Verdict.SAFE)),
                Duration.ofMillis(7));
        ModelRun run = new ModelRun(MemoryModel.SC, List.of(race, race), Duration.ofMillis(500));
        assertAll(
                () -> assertEquals(10, run.executions()),
                () -> assertEquals(6, run.pruned()),
                () -> assertEquals(20.0, run.executionsPerSecond()));
    }

    @Test
    void theLargestStartFirst() throws InterruptedException {
        Log log = new Log();
        ExploreRun.Engine engine = (race, model) -> found(race, model, Verdict.SAFE);
        new ExploreRun(engine, 1, log).run(List.of(SAFE, LARGE), List.of(MemoryModel.SC));
        assertEquals(List.of("SC starts, 2", "SC " + LARGE.id(), "SC " + SAFE.id(), "SC ends"), log.events);
    }

    @Test
    void whatTookLongBeforeStartsFirst() throws InterruptedException {
        Log log = new Log();
        Race other = Race.of(RCU_WALK);
        ExploreRun.Engine engine = (race, model) -> {
            long until = System.nanoTime() + (race == other && model == MemoryModel.SC ? 300_000_000 : 0);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return found(race, model, Verdict.SAFE);
        };
        new ExploreRun(engine, 1, log).run(List.of(SAFE, other), List.of(MemoryModel.SC, MemoryModel.TSO));
        assertTrue(
                log.events.indexOf("TSO " + other.id()) < log.events.indexOf("TSO " + SAFE.id()),
                () -> log.events.toString());
    }

    @Test
    void onlyWhatWasExhaustedSaysWhatCannotBe() {
        assertTrue(exploredWithin(Bounds.DEFAULT).isExhausted());
        assertFalse(exploredWithin(new Bounds(8, 2_000)).isExhausted(), "8 executions are not all there are");
    }

    private static ExploredRace exploredWithin(Bounds bounds) {
        ExploreResult result = ExploreResult.of(() -> new Explorer(bounds).explore(UNSAFE, MemoryModel.SC));
        return new ExploredRace(UNSAFE, MemoryModel.SC, result, Duration.ZERO);
    }

    @Test
    void theOutcomesOfSeveralWalksAreToldApart() {
        Exploration two = new Exploration(
                SAFE.id(),
                MemoryModel.SC,
                Verdict.SAFE,
                Exploration.Extent.EXHAUSTED,
                5,
                3,
                100,
                7,
                Set.of("PINNED,RETRY", "RETRY,RETRY"),
                Optional.empty(),
                Exploration.WitnessLength.SHORTEST_MET);
        ExploredRace race = new ExploredRace(SAFE, MemoryModel.SC, ExploreResult.of(() -> two), Duration.ZERO);
        assertEquals(Set.of("PINNED", "RETRY"), race.walkOutcomes());
    }
}
