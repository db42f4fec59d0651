package dev.shootdown.explore;

import static dev.shootdown.explore.Litmus.X;
import static dev.shootdown.explore.Litmus.Y;
import static dev.shootdown.race.MemoryModel.SC;
import static dev.shootdown.race.MemoryModel.TSO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The memory models, by their litmus tests. Expected sets: SC by hand; TSO as in Sewell, Sarkar, Owens, Zappa Nardelli,
 * Myreen: x86-TSO, CACM 53(7), 2010, where only a load may pass an earlier store to another word.
 */
@Timeout(60)
class LitmusTest {
    private static final Litmus STORE_BUFFERING = Litmus.of(
            "SB",
            2,
            (words, r) -> {
                words.setOpaque(X, 1);
                r[0] = words.getOpaque(Y);
            },
            (words, r) -> {
                words.setOpaque(Y, 1);
                r[1] = words.getOpaque(X);
            });

    private static final Litmus STORE_BUFFERING_WITH_FENCES = Litmus.of(
            "SB+fences",
            2,
            (words, r) -> {
                words.setOpaque(X, 1);
                words.fullFence();
                r[0] = words.getOpaque(Y);
            },
            (words, r) -> {
                words.setOpaque(Y, 1);
                words.fullFence();
                r[1] = words.getOpaque(X);
            });

    private static final Litmus STORE_BUFFERING_WITH_ONE_FENCE = Litmus.of(
            "SB+fence+none",
            2,
            (words, r) -> {
                words.setOpaque(X, 1);
                words.fullFence();
                r[0] = words.getOpaque(Y);
            },
            (words, r) -> {
                words.setRelease(Y, 1);
                r[1] = words.getAcquire(X);
            });

    private static final Litmus STORE_BUFFERING_WITH_EXCHANGE = Litmus.of(
            "SB+xchg",
            2,
            (words, r) -> {
                words.getAndSet(X, 1);
                r[0] = words.getOpaque(Y);
            },
            (words, r) -> {
                words.setVolatile(Y, 1);
                r[1] = words.getOpaque(X);
            });

    private static final Litmus MESSAGE_PASSING = Litmus.of(
            "MP",
            2,
            (words, r) -> {
                words.setOpaque(X, 1);
                words.setOpaque(Y, 1);
            },
            (words, r) -> {
                r[0] = words.getOpaque(Y);
                r[1] = words.getOpaque(X);
            });

    private static final Litmus LOAD_BUFFERING = Litmus.of(
            "LB",
            2,
            (words, r) -> {
                r[0] = words.getOpaque(X);
                words.setOpaque(Y, 1);
            },
            (words, r) -> {
                r[1] = words.getOpaque(Y);
                words.setOpaque(X, 1);
            });

    private static final Litmus INDEPENDENT_READS = Litmus.of(
            "IRIW",
            4,
            (words, r) -> words.setOpaque(X, 1),
            (words, r) -> words.setOpaque(Y, 1),
            (words, r) -> {
                r[0] = words.getOpaque(X);
                r[1] = words.getOpaque(Y);
            },
            (words, r) -> {
                r[2] = words.getOpaque(Y);
                r[3] = words.getOpaque(X);
            });

    private static final Litmus COHERENCE = Litmus.of("CoRR", 2, (words, r) -> words.setOpaque(X, 1), (words, r) -> {
        r[0] = words.getOpaque(X);
        r[1] = words.getOpaque(X);
    });

    private static final Litmus OWN_STORE_FIRST = Litmus.of(
            "SB+forwarding",
            4,
            (words, r) -> {
                words.setOpaque(X, 1);
                r[0] = words.getOpaque(X);
                r[1] = words.getOpaque(Y);
            },
            (words, r) -> {
                words.setOpaque(Y, 1);
                r[2] = words.getOpaque(Y);
                r[3] = words.getOpaque(X);
            });

    private static final Litmus TWO_PLUS_TWO_WRITES = Litmus.of(
            "2+2W",
            2,
            (words, r) -> {
                words.setOpaque(X, 1);
                words.setOpaque(Y, 2);
                words.fullFence();
                r[0] = words.getOpaque(Y);
            },
            (words, r) -> {
                words.setOpaque(Y, 1);
                words.setOpaque(X, 2);
                words.fullFence();
                r[1] = words.getOpaque(X);
            });

    static Stream<Arguments> expected() {
        return Stream.of(
                Arguments.of(STORE_BUFFERING, SC, Set.of("01", "10", "11")),
                Arguments.of(STORE_BUFFERING, TSO, Set.of("00", "01", "10", "11")),
                Arguments.of(STORE_BUFFERING_WITH_FENCES, TSO, Set.of("01", "10", "11")),
                Arguments.of(STORE_BUFFERING_WITH_ONE_FENCE, TSO, Set.of("00", "01", "10", "11")),
                Arguments.of(STORE_BUFFERING_WITH_EXCHANGE, TSO, Set.of("01", "10", "11")),
                Arguments.of(MESSAGE_PASSING, SC, Set.of("00", "01", "11")),
                Arguments.of(MESSAGE_PASSING, TSO, Set.of("00", "01", "11")),
                Arguments.of(LOAD_BUFFERING, SC, Set.of("00", "01", "10")),
                Arguments.of(LOAD_BUFFERING, TSO, Set.of("00", "01", "10")),
                Arguments.of(COHERENCE, SC, Set.of("00", "01", "11")),
                Arguments.of(COHERENCE, TSO, Set.of("00", "01", "11")),
                Arguments.of(OWN_STORE_FIRST, SC, Set.of("1110", "1011", "1111")),
                Arguments.of(OWN_STORE_FIRST, TSO, Set.of("1010", "1110", "1011", "1111")),
                Arguments.of(TWO_PLUS_TWO_WRITES, SC, Set.of("12", "21", "22")),
                Arguments.of(TWO_PLUS_TWO_WRITES, TSO, Set.of("12", "21", "22")));
    }

    @ParameterizedTest(name = "{0} under {1}")
    @MethodSource("expected")
    void showsExactlyTheOutcomesOfItsModel(Litmus litmus, MemoryModel model, Set<String> outcomes) {
        assertEquals(outcomes, explore(litmus, model, Reduction.SOURCE_SETS).outcomes());
    }

    @ParameterizedTest(name = "{0} under {1}")
    @MethodSource("expected")
    void agreesWithTheNaiveEnumeration(Litmus litmus, MemoryModel model, Set<String> outcomes) {
        Exploration naive = explore(litmus, model, Reduction.NONE);
        assertEquals(outcomes, naive.outcomes());
    }

    @ParameterizedTest
    @MethodSource("models")
    void neverLetsReadersDisagreeOnTheOrderOfIndependentWrites(MemoryModel model) {
        Exploration iriw = explore(INDEPENDENT_READS, model, Reduction.SOURCE_SETS);
        assertEquals(15, iriw.outcomes().size());
        assertEquals(explore(INDEPENDENT_READS, model, Reduction.NONE).outcomes(), iriw.outcomes());
        assertEquals(false, iriw.outcomes().contains("1010"));
    }

    static Stream<MemoryModel> models() {
        return Stream.of(SC, TSO);
    }

    @Test
    void runsFarFewerExecutionsThanThereAre() {
        Exploration reduced = explore(INDEPENDENT_READS, SC, Reduction.SOURCE_SETS);
        Exploration naive = explore(INDEPENDENT_READS, SC, Reduction.NONE);
        assertEquals(true, naive.executions() > 10 * reduced.executions());
    }

    /** The canary for store buffers: who announces itself by a plain store is missed by whoever looks afterwards. */
    @Test
    void findsTheTrackerThatOnlyTsoBreaks() {
        Litmus tracker = STORE_BUFFERING.failingOn("00"::equals);
        assertEquals(Verdict.SAFE, explore(tracker, SC, Reduction.SOURCE_SETS).verdict());
        assertEquals(
                Verdict.UNSAFE, explore(tracker, TSO, Reduction.SOURCE_SETS).verdict());
        assertEquals(
                Verdict.SAFE,
                explore(STORE_BUFFERING_WITH_FENCES.failingOn("00"::equals), TSO, Reduction.SOURCE_SETS)
                        .verdict());
    }

    @Test
    void refusesAModelThatItDoesNotHave() {
        assertThrows(IllegalArgumentException.class, () -> explore(STORE_BUFFERING, MemoryModel.WEAK, Reduction.NONE));
    }

    private static Exploration explore(Litmus litmus, MemoryModel model, Reduction reduction) {
        return new Explorer(Bounds.DEFAULT).explore(litmus, model, reduction);
    }
}
