package dev.shootdown.explore;

import dev.shootdown.explore.Timeline.Section;
import dev.shootdown.explore.Timeline.Window;
import dev.shootdown.explore.WordPlaces.Kind;
import dev.shootdown.explore.WordPlaces.Place;
import dev.shootdown.hart.ContextWord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The values that the harts' context words took, and the sections that this means. */
final class ContextHistory {
    private final List<Change> changes = new ArrayList<>();
    private final int harts;

    /** A step that stored into a context word. */
    record Change(Step step, int hart) {
        boolean sets(long bits) {
            return (step.before() & bits) == 0 && (step.value() & bits) != 0;
        }

        boolean clears(long bits) {
            return (step.before() & bits) != 0 && (step.value() & bits) == 0;
        }
    }

    ContextHistory(List<Step> steps, WordPlaces places, int harts) {
        this.harts = harts;
        for (Step step : steps) {
            Place place = places.at(step.offset());
            if (place.kind() == Kind.CONTEXT && step.kind() == Step.Kind.READ_MODIFY_WRITE) {
                changes.add(new Change(step, place.hart()));
            }
        }
    }

    /** All read-modify-writes of context words, in order. */
    List<Change> changes() {
        return changes;
    }

    /** A hart's context word after a step. */
    long after(int hart, int step) {
        return changes.stream()
                .filter(change -> change.hart() == hart && change.step().number() <= step)
                .reduce((earlier, later) -> later)
                .map(change -> change.step().value())
                .orElse(0L);
    }

    /** What harts were in, in order of the beginnings. */
    List<Window> windows() {
        List<Window> windows = new ArrayList<>();
        for (int hart = 0; hart < harts; hart++) {
            collect(hart, windows);
        }
        windows.sort(Comparator.comparingInt(Window::from));
        return windows;
    }

    private void collect(int hart, List<Window> windows) {
        Map<Section, Change> open = new EnumMap<>(Section.class);
        for (Change change : changes) {
            for (Section section : change.hart() == hart ? Section.values() : new Section[0]) {
                if (change.sets(bits(section))) {
                    open.put(section, change);
                } else if (change.clears(bits(section)) && open.containsKey(section)) {
                    windows.add(
                            window(section, open.remove(section), change.step().number()));
                }
            }
        }
        open.forEach((section, change) -> windows.add(window(section, change, Timeline.OPEN)));
    }

    private static Window window(Section section, Change entry, int to) {
        return new Window(
                entry.hart(), section, entry.step().hart(), entry.step().number(), to);
    }

    private static long bits(Section section) {
        return switch (section) {
            case INTERRUPTS_OFF -> ContextWord.INTERRUPTS_OFF;
            case IN_HANDLER -> ContextWord.IN_HANDLER;
            case RCU_READER -> ContextWord.RCU_NESTING;
            case HARDWARE_WALK -> ContextWord.HARDWARE_WALK;
        };
    }
}
