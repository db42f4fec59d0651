package dev.shootdown.explore;

import static dev.shootdown.explore.Litmus.X;
import static dev.shootdown.explore.Litmus.Y;
import static dev.shootdown.race.MemoryModel.SC;
import static dev.shootdown.race.MemoryModel.TSO;
import static dev.shootdown.race.MemoryModel.WEAK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The memory models, by their litmus tests. Expected sets: SC by hand; TSO as in Sewell, Sarkar, Owens, Zappa Nardelli,
 * Myreen: x86-TSO, CACM 53(7), 2010, where only a load may pass an earlier store to another word; WEAK as RC11 has it (Lahav,
 * Vafeiadis, Kang, Hur, Dreyer: Repairing Sequential Consistency in C/C++11, PLDI 2017), with opaque as relaxed and full barriers as
 * SC fences: no load buffering, readers of independent stores may disagree unless a fence stands between their loads, and
 * stores that only releases order may end up crossed (2+2W), which RVWMO forbids.
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

    private static final Litmus MESSAGE_PASSING_WITH_RELEASE = Litmus.of(
            "MP+release+acquire",
            2,
            (words, r) -> {
                words.setOpaque(X, 1);
                words.setRelease(Y, 1);
            },
            (words, r) -> {
                r[0] = words.getAcquire(Y);
                r[1] = words.getOpaque(X);
            });

    private static final Litmus MESSAGE_PASSING_WITH_FENCES = Litmus.of(
            "MP+fences",
            2,
            (words, r) -> {
                words.setOpaque(X, 1);
                words.fullFence();
                words.setOpaque(Y, 1);
            },
            (words, r) -> {
                r[0] = words.getOpaque(Y);
                words.fullFence();
                r[1] = words.getOpaque(X);
            });

    private static final Litmus MESSAGE_PASSING_WITHOUT_RELEASE = Litmus.of(
            "MP+none+acquire",
            2,
            (words, r) -> {
                words.setOpaque(X, 1);
                words.setOpaque(Y, 1);
            },
            (words, r) -> {
                r[0] = words.getAcquire(Y);
                r[1] = words.getOpaque(X);
            });

    /** The second load's address comes from the first: 0 leads to Y itself, 1 to X. */
    private static final Litmus MESSAGE_PASSING_WITH_DEPENDENCY = Litmus.of(
            "MP+release+address",
            2,
            (words, r) -> {
                words.setOpaque(X, 1);
                words.setRelease(Y, 1);
            },
            (words, r) -> {
                r[0] = words.getOpaque(Y);
                r[1] = r[0] == 0 ? 0 : words.getOpaque(X);
            });

    private static final Litmus MESSAGE_PASSING_WITH_EXCHANGE = Litmus.of(
            "MP+xchg",
            2,
            (words, r) -> {
                words.setOpaque(X, 1);
                words.getAndSet(Y, 1);
            },
            (words, r) -> {
                r[0] = words.getAndAdd(Y, 0);
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

    private static final Litmus INDEPENDENT_ACQUIRES = Litmus.of(
            "IRIW+acquire",
            4,
            (words, r) -> words.setRelease(X, 1),
            (words, r) -> words.setRelease(Y, 1),
            (words, r) -> {
                r[0] = words.getAcquire(X);
                r[1] = words.getAcquire(Y);
            },
            (words, r) -> {
                r[2] = words.getAcquire(Y);
                r[3] = words.getAcquire(X);
            });

    private static final Litmus INDEPENDENT_READS_WITH_FENCES = Litmus.of(
            "IRIW+fences",
            4,
            (words, r) -> words.setOpaque(X, 1),
            (words, r) -> words.setOpaque(Y, 1),
            (words, r) -> {
                r[0] = words.getOpaque(X);
                words.fullFence();
                r[1] = words.getOpaque(Y);
            },
            (words, r) -> {
                r[2] = words.getOpaque(Y);
                words.fullFence();
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

    private static final Litmus TWO_PLUS_TWO_WRITES_WITH_RELEASE = Litmus.of(
                    "2+2W+release",
                    0,
                    (words, r) -> {
                        words.setOpaque(X, 1);
                        words.setRelease(Y, 2);
                    },
                    (words, r) -> {
                        words.setOpaque(Y, 1);
                        words.setRelease(X, 2);
                    })
            .showingMemory();

    private static final Litmus TWO_PLUS_TWO_WRITES_WITH_FENCES = Litmus.of(
                    "2+2W+fences",
                    0,
                    (words, r) -> {
                        words.setOpaque(X, 1);
                        words.fullFence();
                        words.setOpaque(Y, 2);
                    },
                    (words, r) -> {
                        words.setOpaque(Y, 1);
                        words.fullFence();
                        words.setOpaque(X, 2);
                    })
            .showingMemory();

    static Stream<Arguments> expected() {
        return Stream.concat(underStrongModels(), underTheWeakModel());
    }

    private static final Set<String> SB_ORDERED = Set.of("01", "10", "11");
    private static final Set<String> MP_ORDERED = Set.of("00", "01", "11");
    private static final Set<String> ALL_OF_TWO = Set.of("00", "01", "10", "11");

    private static Stream<Arguments> underTheWeakModel() {
        return Stream.of(
                Arguments.of(STORE_BUFFERING, WEAK, ALL_OF_TWO),
                Arguments.of(STORE_BUFFERING_WITH_FENCES, WEAK, SB_ORDERED),
                Arguments.of(STORE_BUFFERING_WITH_ONE_FENCE, WEAK, ALL_OF_TWO),
                Arguments.of(STORE_BUFFERING_WITH_EXCHANGE, WEAK, SB_ORDERED),
                Arguments.of(MESSAGE_PASSING, WEAK, ALL_OF_TWO),
                Arguments.of(MESSAGE_PASSING_WITH_RELEASE, WEAK, MP_ORDERED),
                Arguments.of(MESSAGE_PASSING_WITH_FENCES, WEAK, MP_ORDERED),
                Arguments.of(MESSAGE_PASSING_WITHOUT_RELEASE, WEAK, ALL_OF_TWO),
                Arguments.of(MESSAGE_PASSING_WITH_DEPENDENCY, WEAK, Set.of("00", "10", "11")),
                Arguments.of(MESSAGE_PASSING_WITH_EXCHANGE, WEAK, MP_ORDERED),
                Arguments.of(LOAD_BUFFERING, WEAK, Set.of("00", "01", "10")),
                Arguments.of(COHERENCE, WEAK, MP_ORDERED),
                Arguments.of(OWN_STORE_FIRST, WEAK, Set.of("1010", "1110", "1011", "1111")),
                Arguments.of(TWO_PLUS_TWO_WRITES, WEAK, Set.of("11", "12", "21", "22")),
                Arguments.of(
                        TWO_PLUS_TWO_WRITES_WITH_RELEASE, WEAK, Set.of(" x=1 y=1", " x=1 y=2", " x=2 y=1", " x=2 y=2")),
                Arguments.of(TWO_PLUS_TWO_WRITES_WITH_FENCES, WEAK, Set.of(" x=1 y=2", " x=2 y=1", " x=2 y=2")));
    }

    private static Stream<Arguments> underStrongModels() {
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

    static Stream<Arguments> independentReads() {
        return Stream.of(
                Arguments.of(INDEPENDENT_READS, SC, 15),
                Arguments.of(INDEPENDENT_READS, TSO, 15),
                Arguments.of(INDEPENDENT_READS, WEAK, 16),
                Arguments.of(INDEPENDENT_ACQUIRES, TSO, 15),
                Arguments.of(INDEPENDENT_ACQUIRES, WEAK, 16),
                Arguments.of(INDEPENDENT_READS_WITH_FENCES, WEAK, 15));
    }

    /** Of sixteen outcomes the one in doubt is the one in which the readers disagree on the order of the two stores. */
    @ParameterizedTest(name = "{0} under {1}")
    @MethodSource("independentReads")
    void letsReadersDisagreeOnTheOrderOfIndependentStoresOnlyWhereTheModelDoes(
            Litmus litmus, MemoryModel model, int outcomes) {
        Exploration reduced = explore(litmus, model, Reduction.SOURCE_SETS);
        assertEquals(outcomes, reduced.outcomes().size());
        assertEquals(outcomes == 16, reduced.outcomes().contains("1010"));
    }

    @Test
    void agreesWithTheNaiveEnumerationOnIndependentReads() {
        for (MemoryModel model : List.of(SC, WEAK)) {
            assertEquals(
                    explore(INDEPENDENT_READS, model, Reduction.NONE).outcomes(),
                    explore(INDEPENDENT_READS, model, Reduction.SOURCE_SETS).outcomes());
        }
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

    private static Exploration explore(Litmus litmus, MemoryModel model, Reduction reduction) {
        return new Explorer(Bounds.DEFAULT).explore(litmus, model, reduction);
    }
}
