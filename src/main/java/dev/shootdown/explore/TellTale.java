package dev.shootdown.explore;

import dev.shootdown.explore.Recording.Ending;
import dev.shootdown.explore.WordPlaces.Place;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.Poison;
import dev.shootdown.mm.Reuse;
import dev.shootdown.pagetable.TableCounts;
import dev.shootdown.pagetable.TableLock;
import java.util.List;

/** Finds the step by which a failing execution is known. */
final class TellTale {
    private TellTale() {}

    /**
     * The number of the step that must not be. Of an execution that only its outcome gives away, it is the last load of poison,
     * or of a descriptor that says that the frame is somebody else's, or what took a count or a lock that was gone; without such a step, the last step.
     */
    static int step(Recording recording, WordPlaces places) {
        int stated = recording.schedule().violationStep();
        List<Step> steps = recording.steps();
        boolean outcomeOnly = recording.ending() == Ending.FAILED
                && !steps.isEmpty()
                && stated == steps.getLast().number()
                && !tells(steps.getLast(), places);
        if (!outcomeOnly) {
            return stated;
        }
        return steps.stream()
                .filter(step -> tells(step, places))
                .reduce((earlier, later) -> later)
                .map(Step::number)
                .orElse(stated);
    }

    private static boolean tells(Step step, WordPlaces places) {
        Place place = places.at(step.offset());
        return switch (step.kind()) {
            case LOAD -> isLoadOfAnothers(step, place);
            case READ_MODIFY_WRITE -> isWriteTooLate(step, place);
            case BEGIN, AWAIT, STORE, BUFFER, DRAIN, COMPARE_FAILED, FENCE -> false;
        };
    }

    private static boolean isLoadOfAnothers(Step step, Place place) {
        return switch (place.kind()) {
            case FRAME -> Poison.of(step.value()) != Poison.NONE;
            case STATE -> FrameTable.ownerOf(step.value()) == Reuse.FOREIGN_OWNER;
            case NONE,
                    CONTEXT,
                    MAILBOX,
                    COUNTER,
                    RCU,
                    FIRMWARE,
                    INTERCONNECT,
                    MM,
                    BITMAP,
                    REFERENCES,
                    TABLE_COUNT,
                    TABLE_LOCK,
                    OTHER -> false;
        };
    }

    /** A reference to a table that had none, or a count or a lock that was none any more. */
    private static boolean isWriteTooLate(Step step, Place place) {
        return switch (place.kind()) {
            case TABLE_COUNT -> step.before() == 0 || TableCounts.isDead(step.before());
            case TABLE_LOCK -> TableLock.isDead(step.before());
            case NONE,
                    CONTEXT,
                    MAILBOX,
                    COUNTER,
                    RCU,
                    FIRMWARE,
                    INTERCONNECT,
                    MM,
                    BITMAP,
                    REFERENCES,
                    STATE,
                    FRAME,
                    OTHER -> false;
        };
    }
}
