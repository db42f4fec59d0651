package dev.shootdown.explore;

import static dev.shootdown.explore.Litmus.X;
import static dev.shootdown.explore.Litmus.Y;
import static dev.shootdown.explore.Recordings.FOUNDING;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;
import dev.shootdown.race.MemoryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What something outside the words decides is found out: in an exploration, and in the replay of one execution. */
@Timeout(60)
class ReplayDivergedTest {
    /** A step that is another one in the second execution and later. */
    @FunctionalInterface
    private interface Step {
        void take(Words words, int execution);
    }

    private static final Map<String, Step> CHANGING = Map.ofEntries(
            Map.entry("the word", (words, execution) -> words.getOpaque(execution == 1 ? X : X + 8)),
            Map.entry("the access", (words, execution) -> {
                if (execution == 1) {
                    words.getOpaque(X);
                } else {
                    words.getAcquire(X);
                }
            }),
            Map.entry("what set stores", (words, execution) -> words.set(X, execution)),
            Map.entry("what setRelease stores", (words, execution) -> words.setRelease(X, execution)),
            Map.entry("what setVolatile stores", (words, execution) -> words.setVolatile(X, execution)),
            Map.entry("what getAndSet stores", (words, execution) -> words.getAndSet(X, execution)),
            Map.entry("what getAndAdd adds", (words, execution) -> words.getAndAdd(X, execution)),
            Map.entry("what getAndBitwiseOr sets", (words, execution) -> words.getAndBitwiseOr(X, execution)),
            Map.entry("what compareAndSet stores", (words, execution) -> words.compareAndSet(X, 0, execution)),
            Map.entry("what compareAndSet expects", (words, execution) -> words.compareAndSet(X, execution - 1, 9)),
            Map.entry("what is waited for", (words, execution) -> words.await(X, Conditions.REACHED, execution - 1)),
            Map.entry(
                    "what awaitAndUpdate makes of it",
                    (words, execution) ->
                            words.awaitAndUpdate(X, Conditions.CLEAR, 8, (old, add) -> old + add, execution)),
            Map.entry("whether there is a step", (words, execution) -> {
                if (execution == 1) {
                    words.setOpaque(X, 1);
                }
            }));

    static Stream<Arguments> changes() {
        return CHANGING.keySet().stream()
                .sorted()
                .flatMap(change -> Stream.of(MemoryModel.values()).map(model -> Arguments.of(change, model)));
    }

    @ParameterizedTest(name = "{0} changes under {1}")
    @MethodSource("changes")
    void anActorThatStepsOtherwiseTheSecondTime(String change, MemoryModel model) {
        AtomicInteger executions = new AtomicInteger();
        Step step = CHANGING.get(change);
        Litmus forgetful = Litmus.of(
                "forgetful",
                1,
                (words, r) -> {
                    step.take(words, executions.incrementAndGet());
                    r[0] = words.getOpaque(Y);
                },
                (words, r) -> words.setOpaque(Y, 1));
        assertDiverges("of forgetful was", () -> explore(forgetful, model));
    }

    /** The hart that ends early is not the one that would step. */
    @ParameterizedTest
    @EnumSource
    void anActorThatEndsEarlierTheSecondTime(MemoryModel model) {
        AtomicInteger executions = new AtomicInteger();
        Litmus tired = Litmus.of(
                "tired",
                1,
                (words, r) -> {
                    if (executions.incrementAndGet() == 1) {
                        words.getAndAdd(X, 1);
                    }
                },
                (words, r) -> r[0] = words.getOpaque(Y),
                (words, r) -> words.setOpaque(Y, 1));
        assertDiverges("but that hart has ended before it now", () -> explore(tired, model));
    }

    private static void explore(Litmus program, MemoryModel model) {
        new Explorer(Bounds.DEFAULT).explore(program, model, Reduction.SOURCE_SETS);
    }

    private static void assertDiverges(String part, Executable run) {
        String message = assertThrows(ReplayDiverged.class, run).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static Schedule found(MemoryModel model) {
        return new Explorer(Bounds.DEFAULT).explore(FOUNDING, model).witness().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void aScheduleThatCameToSomethingElse(MemoryModel model) {
        Schedule good = found(model);
        List<Integer> decisions = good.decisions();
        int step = good.violationStep();
        assertDoesNotThrow(() -> Replayer.replay(FOUNDING, model, good));
        assertDiverges(
                "differs in the outcome: expected PINNED, found READ_FREED_TABLE",
                () -> Replayer.replay(FOUNDING, model, new Schedule(decisions, good.preemptions(), step, "PINNED")));
        assertDiverges(
                "differs in the step that must not be: expected " + (step - 1) + ", found " + step,
                () -> Replayer.replay(
                        FOUNDING, model, new Schedule(decisions, good.preemptions(), step - 1, good.outcome())));
        assertDiverges(
                "differs in the number of preemptions: expected 7, found " + good.preemptions(),
                () -> Replayer.replay(FOUNDING, model, new Schedule(decisions, 7, step, good.outcome())));
    }

    @ParameterizedTest
    @EnumSource
    void aScheduleThatGoesOnAfterTheEnd(MemoryModel model) {
        Schedule good = found(model);
        List<Integer> longer = new ArrayList<>(good.decisions());
        longer.addAll(List.of(0, 0));
        Schedule changed = new Schedule(longer, good.preemptions(), good.violationStep(), good.outcome());
        assertDiverges("decisions, with 2 left", () -> Replayer.replay(FOUNDING, model, changed));
    }

    /** Harts that wait for each other end an execution too. */
    @Test
    void aScheduleThatGoesOnAfterADeadlock() {
        Litmus stuck = Litmus.of("stuck", 0, (words, r) -> words.await(X, Conditions.ANY_SET, 1));
        Schedule asFound = new Schedule(List.of(0), 0, 1, "");
        assertEquals(
                Recording.Ending.DEADLOCK,
                Replayer.replay(stuck, MemoryModel.SC, asFound).ending());
        assertDiverges(
                "after 1 of 2 decisions, with 1 left",
                () -> Replayer.replay(stuck, MemoryModel.SC, new Schedule(List.of(0, 0), 0, 1, "")));
    }
}
