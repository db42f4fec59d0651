package dev.shootdown.explore;

import dev.shootdown.hart.ContextWord;
import java.util.ArrayList;
import java.util.List;

/** A hart's context word in words. */
final class ContextText {
    private ContextText() {}

    /** The harts of a mask: {@code hart 1}, {@code harts 0, 2} or {@code no hart}. */
    static String harts(long mask) {
        List<String> numbers = new ArrayList<>();
        for (long left = mask; left != 0; left &= left - 1) {
            numbers.add(Integer.toString(Long.numberOfTrailingZeros(left)));
        }
        return switch (numbers.size()) {
            case 0 -> "no hart";
            case 1 -> "hart " + numbers.getFirst();
            default -> "harts " + String.join(", ", numbers);
        };
    }

    /** What the hart is in: {@code interrupts off, in handler}. */
    static String state(long context) {
        List<String> parts = new ArrayList<>(sections(context));
        if ((context & ContextWord.INTERRUPTS_OFF) == 0) {
            parts.addFirst("interrupts on");
        }
        long requesters = ContextWord.requesters(context);
        if (requesters != 0) {
            parts.add("requests of " + harts(requesters));
        }
        return String.join(", ", parts);
    }

    /** The sections that the hart is in, without requests and counts. */
    static List<String> sections(long context) {
        List<String> parts = new ArrayList<>();
        if ((context & ContextWord.INTERRUPTS_OFF) != 0) {
            parts.add("interrupts off");
        }
        if ((context & ContextWord.IN_HANDLER) != 0) {
            parts.add("in handler");
        }
        if ((context & ContextWord.HARDWARE_WALK) != 0) {
            parts.add("in hardware walk");
        }
        if ((context & ContextWord.MACHINE_MODE) != 0) {
            parts.add("in M-mode fence");
        }
        if (ContextWord.rcuNesting(context) != 0) {
            parts.add("rcu_read_lock held");
        }
        return parts;
    }

    /** What changed: {@code interrupts off}, {@code handler run 1 ends}; empty if nothing did. */
    static String change(long before, long after) {
        List<String> parts = new ArrayList<>();
        if (turned(before, after, ContextWord.INTERRUPTS_OFF)) {
            parts.add((after & ContextWord.INTERRUPTS_OFF) != 0 ? "interrupts off" : "interrupts on");
        }
        if (turned(before, after, ContextWord.HARDWARE_WALK)) {
            parts.add("hardware walk " + ((after & ContextWord.HARDWARE_WALK) != 0 ? "begins" : "ends"));
        }
        if (turned(before, after, ContextWord.MACHINE_MODE)) {
            parts.add("M-mode fence " + ((after & ContextWord.MACHINE_MODE) != 0 ? "begins" : "ends"));
        }
        if (ContextWord.rcuNesting(before) != ContextWord.rcuNesting(after)) {
            parts.add("rcu nesting " + ContextWord.rcuNesting(before) + " → " + ContextWord.rcuNesting(after));
        }
        addHandler(parts, before, after);
        return String.join(", ", parts);
    }

    private static void addHandler(List<String> parts, long before, long after) {
        long posted = ContextWord.requesters(after) & ~ContextWord.requesters(before);
        if (posted != 0) {
            parts.add("interrupt from " + harts(posted));
        }
        boolean runs = (after & ContextWord.IN_HANDLER) != 0;
        if (turned(before, after, ContextWord.IN_HANDLER)) {
            parts.add(
                    runs
                            ? "handler begins for " + harts(ContextWord.requesters(before))
                            : "handler run " + ContextWord.handlerRuns(after) + " ends");
        }
    }

    private static boolean turned(long before, long after, long bit) {
        return ((before ^ after) & bit) != 0;
    }
}
