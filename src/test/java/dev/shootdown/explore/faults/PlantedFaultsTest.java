package dev.shootdown.explore.faults;

import static dev.shootdown.explore.faults.Part.ENDS_A_HANDLER_RUN;
import static dev.shootdown.explore.faults.Part.FENCES;
import static dev.shootdown.explore.faults.Part.INTERRUPTS;
import static dev.shootdown.explore.faults.Part.READS_UNDER_RCU;
import static dev.shootdown.explore.faults.Part.READS_WITH_INTERRUPTS_OFF;
import static dev.shootdown.explore.faults.Part.SYNCHRONIZES;
import static dev.shootdown.explore.faults.Part.WALKS_IN_HARDWARE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.Program;
import dev.shootdown.race.MemoryModel;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every planted fault is found, in the way and from the model on that it says, and its program holds without it. */
@Timeout(60)
class PlantedFaultsTest {
    static Stream<PlantedFault> faults() {
        return Stream.of(ProtocolFault.values(), ContextWordFault.values(), WeakFault.values())
                .flatMap(Arrays::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void showsFromItsModelOn(PlantedFault fault) {
        for (MemoryModel model : EnumSet.range(fault.showsFrom(), MemoryModel.WEAK)) {
            assertShows(fault, model);
        }
    }

    private static void assertShows(PlantedFault fault, MemoryModel model) {
        assertEquals(Symptom.NONE, Symptom.of(fault.sound(), model), () -> "without " + fault + " under " + model);
        assertEquals(fault.symptom(), Symptom.of(fault.broken(), model), () -> "with " + fault + " under " + model);
    }

    static Stream<PlantedFault> faultsThatNeedReordering() {
        return faults().filter(fault -> fault.showsFrom() != MemoryModel.SC);
    }

    /** The strongest model under which it shows is just that. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsThatNeedReordering")
    void doesNotShowUnderAStrongerModel(PlantedFault fault) {
        MemoryModel stronger = MemoryModel.values()[fault.showsFrom().ordinal() - 1];
        assertEquals(Symptom.NONE, Symptom.of(fault.broken(), stronger));
    }

    @ParameterizedTest
    @EnumSource
    void everyReadModifyWriteOfTheContextWordIsWeakened(ContextAccess access) {
        boolean weakened = faults().anyMatch(fault -> weakenedBy(fault) == access);
        assertTrue(weakened, access.name());
    }

    private static @Nullable ContextAccess weakenedBy(PlantedFault fault) {
        return fault.broken() instanceof PlantedProgram planted
                        && planted.fault() instanceof Weakened.Weakening weakening
                ? weakening.access()
                : null;
    }

    /**
     * A sender whose request arrives while a handler runs is kept from freeing under a walker twice over: its ticket does not
     * count that run, and no walker begins during it. Either is enough for walkers; without both, the sender frees under it.
     */
    @Test
    void ticketAndSecondRuleGuardWalkersTogether() {
        UnhookProgram sender = UnhookProgram.of(READS_WITH_INTERRUPTS_OFF, INTERRUPTS, ENDS_A_HANDLER_RUN);
        Planting noTicket = RunUnderWayCounts::new;
        Planting noRule = (words, layout) -> new SectionsStartInHandlers(words);
        Planting neither = (words, layout) -> noTicket.plant(noRule.plant(words, layout), layout);
        assertEquals(Symptom.NONE, symptomOf(sender, noTicket));
        assertEquals(Symptom.NONE, symptomOf(sender, noRule));
        assertEquals(Symptom.FORBIDDEN, symptomOf(sender, neither));
    }

    private static Symptom symptomOf(Program program, Planting fault) {
        return symptomOf(program, fault, MemoryModel.SC);
    }

    private static Symptom symptomOf(Program program, Planting fault, MemoryModel model) {
        return Symptom.of(new PlantedProgram(program.name(), program, fault), model);
    }

    static Stream<Arguments> exitsThatAreOnlyLookedAt() {
        return Stream.of(
                Arguments.of(READS_WITH_INTERRUPTS_OFF, SYNCHRONIZES, ContextAccess.INTERRUPTS_COME_ON),
                Arguments.of(READS_UNDER_RCU, SYNCHRONIZES, ContextAccess.RCU_READ_UNLOCK),
                Arguments.of(WALKS_IN_HARDWARE, FENCES, ContextAccess.HARDWARE_WALK_ENDS));
    }

    /**
     * The end of a section must not lose requests. Where none can come, a store would do as far as total store order goes,
     * which never lets a store overtake an earlier load.
     */
    @ParameterizedTest
    @MethodSource("exitsThatAreOnlyLookedAt")
    void totalStoreOrderForgivesAnExitByStore(Part reader, Part freer, ContextAccess exit) {
        UnhookProgram program = UnhookProgram.of(reader, freer);
        for (MemoryModel model : EnumSet.of(MemoryModel.SC, MemoryModel.TSO)) {
            assertEquals(Symptom.NONE, symptomOf(program, Weakened.of(exit), model));
        }
    }
}
