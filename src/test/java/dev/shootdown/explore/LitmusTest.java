package dev.shootdown.explore;

import static dev.shootdown.race.MemoryModel.SC;
import static dev.shootdown.race.MemoryModel.TSO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * SC fences: no load buffering, readers of independent stores may disagree unless a fence stands between their loads (IRIW),
 * stores that only releases order may end up crossed (2+2W), and a dependency orders nothing. Of plain accesses RVWMO allows all of
 * LB, IRIW and 2+2W. It forbids IRIW with acquire loads, 2+2W with releases, and a load that overtakes the one its address depends on.
 */
@Timeout(60)
class LitmusTest {
    /** A litmus test and all that it may show under each model. */
    private record Row(Litmus litmus, Set<String> underSc, Set<String> underTso, Set<String> underWeak) {
        Set<String> under(MemoryModel model) {
            return switch (model) {
                case SC -> underSc;
                case TSO -> underTso;
                case WEAK -> underWeak;
            };
        }
    }

    private static Row row(String name, String text, Set<String> sc, Set<String> tso, Set<String> weak) {
        return new Row(LitmusText.parse(name, text), sc, tso, weak);
    }

    private static Row row(String name, String text, Set<String> underAll) {
        return row(name, text, underAll, underAll, underAll);
    }

    private static Row row(String name, String text, Set<String> underStrong, Set<String> weak) {
        return row(name, text, underStrong, underStrong, weak);
    }

    private static final Set<String> ANY = Set.of("00", "01", "10", "11");
    private static final Set<String> NOT_00 = without(ANY, "00");
    private static final Set<String> NOT_10 = without(ANY, "10");
    private static final Set<String> NOT_11 = without(ANY, "11");
    private static final Set<String> CROSSED = Set.of(" x=1 y=1", " x=1 y=2", " x=2 y=1", " x=2 y=2");
    private static final Set<String> NOT_CROSSED = without(CROSSED, " x=1 y=1");
    /** Two readers, two loads each; in 1010 they disagree on the order of the two stores. */
    private static final Set<String> DISAGREE = IntStream.range(0, 16)
            .mapToObj(bits -> Integer.toBinaryString(16 + bits).substring(1))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> AGREE = without(DISAGREE, "1010");

    private static Set<String> without(Set<String> outcomes, String outcome) {
        Set<String> rest = new TreeSet<>(outcomes);
        assertTrue(rest.remove(outcome), outcome);
        return Set.copyOf(rest);
    }

    private static List<Row> storeBuffering() {
        return List.of(
                row("SB", "x=1; r0=y | y=1; r1=x", NOT_00, ANY, ANY),
                row("SB+release+acquire", "x=rel 1; r0=acq y | y=rel 1; r1=acq x", NOT_00, ANY, ANY),
                row("SB+fence+none", "x=1; fence; r0=y | y=rel 1; r1=acq x", NOT_00, ANY, ANY),
                row("SB+fences", "x=1; fence; r0=y | y=1; fence; r1=x", NOT_00),
                row("SB+xchg", "r2=xchg x 1; r0=y | y=vol 1; r1=x", Set.of("010", "100", "110")),
                row(
                        "SB+forwarding",
                        "x=1; r0=x; r1=y | y=1; r2=y; r3=x",
                        Set.of("1110", "1011", "1111"),
                        Set.of("1010", "1110", "1011", "1111"),
                        Set.of("1010", "1110", "1011", "1111")));
    }

    private static List<Row> messagePassing() {
        return List.of(
                row("MP", "x=1; y=1 | r0=y; r1=x", NOT_10, ANY),
                row("MP+release", "x=1; y=rel 1 | r0=y; r1=x", NOT_10, ANY),
                row("MP+acquire", "x=1; y=1 | r0=acq y; r1=x", NOT_10, ANY),
                row("MP+release+acquire", "x=1; y=rel 1 | r0=acq y; r1=x", NOT_10),
                row("MP+fences", "x=1; fence; y=1 | r0=y; fence; r1=x", NOT_10),
                row("MP+fence+acquire", "x=1; fence; y=1 | r0=acq y; r1=x", NOT_10),
                row("MP+fence+none", "x=1; fence; y=1 | r0=y; r1=x", NOT_10, ANY),
                row("MP+release+address", "x=1; y=rel 1 | r0=y; r1=[r0]", NOT_10, ANY),
                row(
                        "MP+release+control",
                        "x=1; y=rel 1 | r0=y; r1=x if r0",
                        Set.of("00", "11"),
                        Set.of("00", "10", "11")),
                row("MP+xchg", "x=1; r2=xchg y 1 | r0=add y 0; r1=x", Set.of("000", "010", "110")));
    }

    private static List<Row> others() {
        return List.of(
                row("LB", "r0=x; y=1 | r1=y; x=1", NOT_11),
                row("LB+acquire", "r0=acq x; y=1 | r1=acq y; x=1", NOT_11),
                row("LB+release", "r0=x; y=rel 1 | r1=y; x=rel 1", NOT_11),
                row("LB+fences", "r0=x; fence; y=1 | r1=y; fence; x=1", NOT_11),
                // Out of thin air: nobody ever stores a 1.
                row("LB+data", "r0=x; y=r0 | r1=y; x=r1", Set.of("00")),
                row("CoRR", "x=1 | r0=x; r1=x", NOT_10),
                row("CoRR+fence", "x=1 | r0=x; fence; r1=x", NOT_10),
                row("2+2W", "x=1; y=2 | y=1; x=2", NOT_CROSSED, CROSSED),
                row("2+2W+release", "x=1; y=rel 2 | y=1; x=rel 2", NOT_CROSSED, CROSSED),
                row("2+2W+fences", "x=1; fence; y=2 | y=1; fence; x=2", NOT_CROSSED));
    }

    private static List<Row> independentReads() {
        return List.of(
                row("IRIW", "x=1 | y=1 | r0=x; r1=y | r2=y; r3=x", AGREE, DISAGREE),
                row("IRIW+acquire", "x=rel 1 | y=rel 1 | r0=acq x; r1=acq y | r2=acq y; r3=acq x", AGREE, DISAGREE),
                row("IRIW+address", "x=1 | y=1 | r0=x; r1=y | r2=y; r3=[r2]", AGREE, DISAGREE),
                row("IRIW+fences", "x=1 | y=1 | r0=x; fence; r1=y | r2=y; fence; r3=x", AGREE));
    }

    /** All tests whose outcomes are two harts' work. */
    static List<Litmus> ofTwoHarts() {
        return Stream.of(storeBuffering(), messagePassing(), others())
                .flatMap(List::stream)
                .map(Row::litmus)
                .toList();
    }

    static Stream<Arguments> expected() {
        return Stream.of(storeBuffering(), messagePassing(), others(), independentReads())
                .flatMap(List::stream)
                .flatMap(row -> Arrays.stream(MemoryModel.values())
                        .map(model -> Arguments.of(row.litmus, model, row.under(model))));
    }

    @ParameterizedTest(name = "{0} under {1}")
    @MethodSource("expected")
    void showsExactlyTheOutcomesOfItsModel(Litmus litmus, MemoryModel model, Set<String> outcomes) {
        assertEquals(outcomes, explore(litmus, model, Reduction.SOURCE_SETS).outcomes());
    }

    @ParameterizedTest(name = "{0} under {1}")
    @MethodSource("expected")
    void showsThemWithoutReduction(Litmus litmus, MemoryModel model, Set<String> outcomes) {
        Pass all = new Pass(litmus, model, Enumeration::ofStates, Bounds.DEFAULT);
        assertFalse(all.run().boundHit);
        assertEquals(outcomes, all.outcomes());
    }

    @Test
    void runsFarFewerExecutionsThanThereAre() {
        Litmus reads = independentReads().getFirst().litmus;
        Exploration reduced = explore(reads, SC, Reduction.SOURCE_SETS);
        Exploration naive = explore(reads, SC, Reduction.NONE);
        assertTrue(naive.executions() > 10 * reduced.executions());
    }

    /** The canary for store buffers: who announces itself by a plain store is missed by whoever looks afterwards. */
    @Test
    void findsTheTrackerThatOnlyTsoBreaks() {
        Litmus tracker = LitmusText.parse("tracker", "x=1; r0=y | y=1; r1=x").failingOn("00"::equals);
        assertEquals(Verdict.SAFE, explore(tracker, SC, Reduction.SOURCE_SETS).verdict());
        assertEquals(
                Verdict.UNSAFE, explore(tracker, TSO, Reduction.SOURCE_SETS).verdict());
    }

    private static Exploration explore(Litmus litmus, MemoryModel model, Reduction reduction) {
        return new Explorer(Bounds.DEFAULT).explore(litmus, model, reduction);
    }
}
