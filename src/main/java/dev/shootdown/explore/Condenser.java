package dev.shootdown.explore;

import dev.shootdown.explore.Timeline.Line;
import dev.shootdown.explore.Timeline.Mark;
import dev.shootdown.explore.Timeline.Row;
import dev.shootdown.explore.WordPlaces.Kind;
import dev.shootdown.explore.WordPlaces.Place;
import dev.shootdown.memory.Poison;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out what nobody reads twice: statistics, a hart's looks at its own context and at a queue that has not changed, loads that only prepare the same hart's
 * store to the same word, and all but one of a run of stores that fill a frame or a mailbox. A step with a mark of its own always stays.
 */
final class Condenser {
    private static final int SHORTEST_RUN = 3;

    private final List<Step> steps;
    private final List<Row> rows;
    private final WordNames names;
    private final List<Line> lines = new ArrayList<>();

    Condenser(List<Step> steps, List<Row> rows, WordNames names) {
        this.steps = steps;
        this.rows = rows;
        this.names = names;
    }

    List<Line> lines() {
        int index = 0;
        while (index < steps.size()) {
            index = next(index);
        }
        return lines;
    }

    /** Deals with the row at an index and says which is next. */
    private int next(int index) {
        if (isBoring(index)) {
            return index + 1;
        }
        int end = runFrom(index);
        if (end - index >= SHORTEST_RUN) {
            add(index, end - 1, runText(index, end));
            return end;
        }
        add(index, index, rows.get(index).what());
        return index + 1;
    }

    private void add(int first, int last, String what) {
        Row row = rows.get(first);
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        marks.addAll(own(first));
        if (!lines.isEmpty() && lines.getLast().hart() != row.hart()) {
            marks.add(Mark.SWITCH);
        }
        lines.add(new Line(row.step(), rows.get(last).step(), row.hart(), row.kernel(), what, marks));
    }

    /** The marks of a row but for the switch. */
    private Set<Mark> own(int index) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        marks.addAll(rows.get(index).marks());
        marks.remove(Mark.SWITCH);
        return marks;
    }

    private Place place(int index) {
        return names.places().at(steps.get(index).offset());
    }

    private boolean isBoring(int index) {
        if (!own(index).isEmpty()) {
            return false;
        }
        return switch (steps.get(index).kind()) {
            case LOAD ->
                place(index).kind() == Kind.COUNTER || looksAtItself(index) || isKnown(index) || preparesStore(index);
            case AWAIT -> preparesStore(index);
            case BUFFER -> place(index).kind() == Kind.COUNTER || drainsAtOnce(index);
            case STORE, DRAIN -> place(index).kind() == Kind.COUNTER || changesNoReferences(index);
            case READ_MODIFY_WRITE -> place(index).kind() == Kind.COUNTER;
            case BEGIN, COMPARE_FAILED, FENCE -> false;
        };
    }

    /** A hart that only asks whether it may wait. */
    private boolean looksAtItself(int index) {
        Place place = place(index);
        return place.kind() == Kind.CONTEXT && place.hart() == steps.get(index).hart();
    }

    /** A look at RCU's queue or a batch, at a word that the hart saw or stored before anybody else made a step. */
    private boolean isKnown(int index) {
        Step step = steps.get(index);
        if (!isQueue(index)) {
            return false;
        }
        int earlier = index - 1;
        while (earlier >= 0 && isOf(earlier, step.hart())) {
            if (steps.get(earlier).offset() == step.offset()
                    && steps.get(earlier).value() == step.value()) {
                return true;
            }
            earlier--;
        }
        return false;
    }

    private boolean isQueue(int index) {
        Place place = place(index);
        boolean batch = place.kind() == Kind.FRAME
                && names.roles().at(place.owner(), steps.get(index).number()).use() == FrameRoles.Use.BATCH;
        return batch || place.kind() == Kind.RCU;
    }

    /** A new table or batch that nobody referred to has no references still. */
    private boolean changesNoReferences(int index) {
        Step step = steps.get(index);
        return place(index).kind() == Kind.REFERENCES && step.value() == step.before();
    }

    /** Whether the same hart, in its next steps, only loads on and then stores to the same word or descriptor. */
    private boolean preparesStore(int index) {
        int next = index + 1;
        while (isOf(next, steps.get(index).hart()) && isLoad(next) && isSameThing(index, next)) {
            next++;
        }
        return isOf(next, steps.get(index).hart()) && isVisibleStore(next) && isSameThing(index, next);
    }

    private boolean isOf(int index, int hart) {
        return index < steps.size() && steps.get(index).hart() == hart;
    }

    private boolean isLoad(int index) {
        Step.Kind kind = steps.get(index).kind();
        return kind == Step.Kind.LOAD || kind == Step.Kind.AWAIT;
    }

    private boolean isVisibleStore(int index) {
        return switch (steps.get(index).kind()) {
            case STORE, BUFFER, READ_MODIFY_WRITE -> true;
            case BEGIN, LOAD, AWAIT, DRAIN, COMPARE_FAILED, FENCE -> false;
        };
    }

    private boolean isSameThing(int one, int other) {
        return steps.get(one).offset() == steps.get(other).offset()
                || (isDescriptor(one)
                        && isDescriptor(other)
                        && place(one).owner() == place(other).owner());
    }

    private boolean isDescriptor(int index) {
        Kind kind = place(index).kind();
        return kind == Kind.STATE || kind == Kind.REFERENCES;
    }

    private boolean drainsAtOnce(int index) {
        Step buffered = steps.get(index);
        int next = index + 1;
        return isOf(next, buffered.hart())
                && steps.get(next).kind() == Step.Kind.DRAIN
                && steps.get(next).offset() == buffered.offset()
                && steps.get(next).value() == buffered.value();
    }

    /** The end of the longest run of like steps that starts at an index. */
    private int runFrom(int index) {
        int end = index + 1;
        while (end < steps.size() && continues(index, end)) {
            end += drains(end) ? 2 : 1;
        }
        return end;
    }

    private boolean drains(int index) {
        return steps.get(index).kind() == Step.Kind.BUFFER && drainsAtOnce(index);
    }

    private boolean continues(int first, int index) {
        int at = drains(index) ? index + 1 : index;
        Step one = steps.get(first);
        Step other = steps.get(at);
        boolean alike = one.hart() == other.hart() && one.kind() == other.kind() && own(at).isEmpty();
        return alike
                && isGroup(first)
                && isSameOwner(first, at)
                && (fills(first) ? one.value() == other.value() : true);
    }

    private boolean isGroup(int index) {
        return own(index).isEmpty() && (fills(index) || place(index).kind() == Kind.MAILBOX);
    }

    private boolean isSameOwner(int one, int other) {
        return place(one).kind() == place(other).kind()
                && place(one).owner() == place(other).owner();
    }

    private boolean fills(int index) {
        return place(index).kind() == Kind.FRAME
                && switch (steps.get(index).kind()) {
                    case STORE, BUFFER, DRAIN -> true;
                    case BEGIN, LOAD, AWAIT, READ_MODIFY_WRITE, COMPARE_FAILED, FENCE -> false;
                };
    }

    private String runText(int first, int end) {
        Step step = steps.get(first);
        long words = steps.subList(first, end).stream()
                .filter(each -> each.kind() == step.kind())
                .count();
        String count = " (" + words + " words)";
        Place place = place(first);
        String how = step.kind() == Step.Kind.BUFFER ? "buffers: " : "";
        if (place.kind() == Kind.MAILBOX) {
            return how + (isLoad(first) ? "reads" : "fills") + " mailbox of hart " + place.owner() + count;
        }
        String frame = "frame 0x" + Long.toHexString(place.owner());
        return how + (step.value() == 0 ? "zeroes " + frame : "fills " + frame + " with " + filling(step)) + count;
    }

    private String filling(Step step) {
        Poison poison = Poison.of(step.value());
        return poison == Poison.NONE ? names.value(step.offset(), step.value(), step.number()) : poison.name();
    }
}
