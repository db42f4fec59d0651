package dev.shootdown.explore;

import static dev.shootdown.explore.Recordings.FOUNDING;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.Freeings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private final Recording recording = Recordings.overtaken(FOUNDING);
    private final Witness witness = Witness.of(FOUNDING, recording);

    @Test
    void namesTheStepThatMustNotBe() {
        int step = recording.schedule().violationStep();
        assertEquals(new Witness.Violation(step, 0, "pte[1] of table 0x2000002", "freed"), witness.violation());
        assertEquals(recording.steps().size(), witness.steps().size());
        assertEquals("h0 LOAD 0x4c8 = 0x540000000000001", witness.steps().get(step - 1));
    }

    @Test
    void isVerifiedByTheSameExecution() {
        assertDoesNotThrow(() -> witness.verify(Recordings.overtaken(FOUNDING)));
    }

    @Test
    void aDifferentValueIsReportedWithItsStep() {
        List<Step> steps = new ArrayList<>(recording.steps());
        steps.set(2, Recordings.with(steps.get(2), 7));
        assertDiverges(
                Recordings.with(recording, steps),
                "step 3: expected h0 LOAD 0x300 = 0x2000000, found h0 LOAD 0x300 = 0x7");
    }

    @Test
    void fewerAndMoreStepsAreReported() {
        List<Step> steps = new ArrayList<>(recording.steps());
        int count = steps.size();
        Step last = steps.removeLast();
        assertDiverges(
                Recordings.with(recording, steps),
                "step " + count + ": expected h0 READ_MODIFY_WRITE",
                "found no step");
        steps.addAll(List.of(last, last));
        assertDiverges(
                Recordings.with(recording, steps),
                "step " + (count + 1) + ": expected no step, found h0 READ_MODIFY_WRITE");
    }

    @Test
    void anotherRaceOrScheduleIsReported() {
        assertDiverges(Recordings.overtaken(FOUNDING.freeing(Freeings.REMOVE_TABLE)), "the race: expected fast-gup");
        assertDiverges(Recordings.overtaken(FOUNDING, 4), "step 5: expected h0 LOAD 0x488");
    }

    @Test
    void whatAWitnessSaysBesideItsStepsIsCheckedToo() {
        Schedule good = witness.schedule();
        Witness.Violation violation = witness.violation();
        assertDoctored(
                "the number of preemptions: expected 7, found " + good.preemptions(),
                new Schedule(good.decisions(), 7, good.violationStep(), good.outcome()),
                violation);
        assertDoctored(
                "the outcome: expected PINNED, found READ_FREED_TABLE",
                new Schedule(good.decisions(), good.preemptions(), good.violationStep(), "PINNED"),
                violation);
        assertDoctored(
                "the violation: expected Violation[step=" + violation.step() + ", hart=1, ",
                good,
                new Witness.Violation(violation.step(), 1, violation.word(), violation.value()));
    }

    private void assertDoctored(String part, Schedule schedule, Witness.Violation violation) {
        Witness doctored = new Witness(FOUNDING, witness.model(), schedule, violation, witness.steps());
        String message = assertThrows(ReplayDiverged.class, doctored::replay).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void isNotMadeOfAnotherRaceNorOfNothing() {
        Recording empty = Recordings.with(recording, List.of());
        assertThrows(IllegalArgumentException.class, () -> Witness.of(FOUNDING, empty));
        assertThrows(
                IllegalArgumentException.class, () -> Witness.of(FOUNDING.freeing(Freeings.REMOVE_TABLE), recording));
    }

    private void assertDiverges(Recording found, String... parts) {
        String message =
                assertThrows(ReplayDiverged.class, () -> witness.verify(found)).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), () -> message + " does not say: " + part);
        }
    }
}
