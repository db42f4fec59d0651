package dev.shootdown.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;
import dev.shootdown.race.MemoryModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reduction against plain enumeration, on programs that nobody chose: the same outcomes under every model, and no model shows less
 * than a stronger one. A build runs a sample: {@code -Dshootdown.seeds=100} runs more.
 */
@Timeout(120)
class RandomProgramTest {
    private static final int PROGRAMS = 8;
    private static final Set<String> DEADLOCK = Set.of("deadlock");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("shootdown.seeds", 4));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void reductionLosesNothing(long seed) {
        Random random = new Random(seed);
        for (int number = 0; number < PROGRAMS; number++) {
            check(program(random, "seed " + seed + " program " + number));
        }
    }

    /**
     * Found by chance, and lost by the reduction once. If the last hart has met y = 2 and its addition comes before the first one's
     * store, then so do their barriers, and the first hart must meet y = 2 as well: it waits for ever. The reduction had to have the
     * last hart go before a wait that had met y = 0, which the addition's load of x does not tell.
     */
    @Test
    void aWaitThatABarrierHoldsUpForEverIsFound() {
        assertDeadlocks(
                List.of(on(Kind.SET_VOLATILE, Litmus.X, 2), on(Kind.AWAIT, Litmus.Y, 2)),
                List.of(on(Kind.AND_NOT, Litmus.Y, 1), on(Kind.SET_OPAQUE, Litmus.Y, 2)),
                List.of(on(Kind.AWAIT, Litmus.Y, 1), on(Kind.AND_NOT, Litmus.X, 2)));
    }

    /** The same where it is a load without a barrier that decides which barrier comes first. */
    @Test
    void aWaitThatALoadHoldsUpForEverIsFound() {
        assertDeadlocks(
                List.of(on(Kind.AWAIT_AND_ADD, Litmus.Y, 1), on(Kind.AWAIT, Litmus.X, 1)),
                List.of(on(Kind.ADD, Litmus.X, 1), on(Kind.SET_RELEASE, Litmus.X, 1), on(Kind.FENCE, Litmus.X, 2)),
                List.of(
                        on(Kind.SET_VOLATILE, Litmus.X, 2),
                        on(Kind.GET_VOLATILE, Litmus.X, 1),
                        on(Kind.GET_ACQUIRE, Litmus.Y, 1)));
    }

    /** The same where the last hart's step meets what the first one stored after its wait. */
    @Test
    void aWaitIsHeldUpThoughItsHartWasMetLater() {
        assertDeadlocks(
                List.of(
                        on(Kind.SET_VOLATILE, Litmus.X, 1),
                        on(Kind.AWAIT, Litmus.Y, 2),
                        on(Kind.SET_OPAQUE, Litmus.X, 2)),
                List.of(on(Kind.AND_NOT, Litmus.Y, 1), on(Kind.SET_OPAQUE, Litmus.Y, 2)),
                List.of(on(Kind.AWAIT, Litmus.Y, 1), on(Kind.FENCE, Litmus.X, 1), on(Kind.AWAIT, Litmus.X, 1)));
    }

    private static void assertDeadlocks(List<Access> first, List<Access> second, List<Access> third) {
        Litmus program = program("held up", List.of(first, second, third));
        assertEquals(DEADLOCK, outcomes(new Pass(program, MemoryModel.WEAK, Enumeration::ofStates, Bounds.DEFAULT)));
        assertEquals(DEADLOCK, outcomes(new Pass(program, MemoryModel.WEAK, SourceSets::new, Bounds.DEFAULT)));
    }

    private static Access on(Kind kind, long offset, long value) {
        return new Access(kind, offset, value);
    }

    private static void check(Litmus program) {
        Map<MemoryModel, Set<String>> outcomes = new EnumMap<>(MemoryModel.class);
        for (MemoryModel model : MemoryModel.values()) {
            Pass alone = new Pass(program, model, SourceSets::new, Bounds.DEFAULT);
            Set<String> reduced = outcomes(alone);
            Set<String> all = outcomes(new Pass(program, model, Enumeration::ofStates, Bounds.DEFAULT));
            assertEquals(all, reduced, () -> program.name() + " under " + model);
            assertEquals(
                    reduced,
                    onTwoThreads(program, model, alone.memory()),
                    () -> program.name() + " split, under " + model);
            outcomes.put(model, reduced);
        }
        if (outcomes.values().stream().anyMatch(DEADLOCK::equals)) {
            return;
        }
        assertTrue(outcomes.get(MemoryModel.TSO).containsAll(outcomes.get(MemoryModel.SC)), program::name);
        assertTrue(outcomes.get(MemoryModel.WEAK).containsAll(outcomes.get(MemoryModel.TSO)), program::name);
    }

    /** Programs this small end above where the tree is cut, or just below: what is lost on the way shows here. */
    private static Set<String> onTwoThreads(Litmus program, MemoryModel model, MemorySystem alone) {
        Set<String> outcomes = new HashSet<>();
        MemorySystem known = new Pass(program, model, SourceSets::new, Bounds.DEFAULT).memory();
        Pass.Tally tally = new ParallelPass(program, model, Bounds.DEFAULT, 2, known).run(outcomes);
        if (tally.deadlock != null) {
            return DEADLOCK;
        }
        for (int word = 0; word < known.memory.length; word++) {
            assertEquals(
                    alone.isShared(word), known.isShared(word), "whether a word is shared is known of all executions");
        }
        return outcomes;
    }

    private static Set<String> outcomes(Pass pass) {
        Pass.Tally tally = pass.run();
        assertFalse(tally.boundHit);
        return tally.deadlock == null ? pass.outcomes() : DEADLOCK;
    }

    /** Two harts of four accesses each, or three of three, to two words. */
    private static Litmus program(Random random, String name) {
        int harts = 2 + random.nextInt(2);
        int accesses = harts == 2 ? 4 : 3;
        List<List<Access>> bodies = new ArrayList<>();
        for (int hart = 0; hart < harts; hart++) {
            bodies.add(Stream.generate(() -> access(random)).limit(accesses).toList());
        }
        return program(name, bodies);
    }

    private static Litmus program(String name, List<List<Access>> bodies) {
        List<Litmus.Body> harts = new ArrayList<>();
        int registers = 0;
        for (List<Access> body : bodies) {
            int first = registers;
            harts.add((words, all) -> {
                for (int index = 0; index < body.size(); index++) {
                    body.get(index).run(words, all, first + index);
                }
            });
            registers += body.size();
        }
        return Litmus.of(name + " " + bodies, registers, harts.toArray(Litmus.Body[]::new))
                .showingMemory();
    }

    private static Access access(Random random) {
        Kind[] kinds = Kind.values();
        return new Access(
                kinds[random.nextInt(kinds.length)], random.nextBoolean() ? Litmus.X : Litmus.Y, 1 + random.nextInt(2));
    }

    private enum Kind {
        GET_OPAQUE,
        GET_ACQUIRE,
        GET_VOLATILE,
        SET_OPAQUE,
        SET_RELEASE,
        SET_VOLATILE,
        FENCE,
        ADD,
        AND_NOT,
        COMPARE_AND_SET,
        AWAIT,
        AWAIT_AND_ADD,
        /** Stores nothing where it finds another bit. */
        AWAIT_AND_CLAIM
    }

    private record Access(Kind kind, long offset, long value) {
        void run(Words words, long[] registers, int register) {
            switch (kind) {
                case GET_OPAQUE -> registers[register] = words.getOpaque(offset);
                case GET_ACQUIRE -> registers[register] = words.getAcquire(offset);
                case GET_VOLATILE -> registers[register] = words.getVolatile(offset);
                case SET_OPAQUE -> words.setOpaque(offset, value);
                case SET_RELEASE -> words.setRelease(offset, value);
                case SET_VOLATILE -> words.setVolatile(offset, value);
                case FENCE -> words.fullFence();
                case ADD -> registers[register] = words.getAndAdd(offset, value);
                case AND_NOT -> registers[register] = words.getAndBitwiseAnd(offset, ~value);
                case COMPARE_AND_SET -> registers[register] = words.compareAndSet(offset, value - 1, value) ? 1 : 0;
                case AWAIT_AND_ADD -> registers[register] = words.awaitAndAdd(offset, Conditions.CLEAR, value, value);
                case AWAIT_AND_CLAIM ->
                    registers[register] = words.awaitAndUpdate(
                            offset, Conditions.CLEAR, value, (before, bit) -> before == 0 ? bit : before, value);
                case AWAIT -> registers[register] = words.await(offset, Conditions.CLEAR, value);
            }
        }

        @Override
        public String toString() {
            return kind + (offset == Litmus.X ? " x " : " y ") + value;
        }
    }
}
