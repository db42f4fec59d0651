package dev.shootdown.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as text with runs counted: {@code h0*7 h1*52 b1*2 h0/3} is seven steps of hart 0, 52 of hart 1, two stores that leave
 * hart 1's buffer, and a step of hart 0 that takes the third of its other choices.
 */
final class ScheduleText {
    private static final Pattern RUN = Pattern.compile("([hb])(\\d{1,3})(?:/(\\d{1,7}))?(?:\\*(\\d{1,7}))?");
    private static final int MOST_DECISIONS = 1_000_000;

    private ScheduleText() {}

    /** The text of the decisions of a program of that many harts. */
    static String encode(List<Integer> decisions, int harts) {
        List<String> runs = new ArrayList<>();
        int start = 0;
        for (int index = 1; index <= decisions.size(); index++) {
            if (index == decisions.size() || !decisions.get(index).equals(decisions.get(start))) {
                runs.add(run(decisions.get(start), index - start, harts));
                start = index;
            }
        }
        return String.join(" ", runs);
    }

    private static String run(int decision, int length, int harts) {
        int process = Schedule.process(decision);
        int choice = Schedule.choice(decision);
        return (process < harts ? "h" + process : "b" + (process - harts))
                + (choice == 0 ? "" : "/" + choice)
                + (length == 1 ? "" : "*" + length);
    }

    /**
     * The decisions of such a text.
     *
     * @throws IllegalArgumentException if it is none, or names a hart that the program does not have
     */
    static List<Integer> decode(String text, int harts) {
        List<Integer> decisions = new ArrayList<>();
        for (String run : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
            Matcher matcher = RUN.matcher(run);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + run + "' is no run of steps such as h0*7, b1 or h0/2");
            }
            add(matcher, harts, decisions);
        }
        return decisions;
    }

    private static void add(Matcher run, int harts, List<Integer> decisions) {
        int hart = Integer.parseInt(run.group(2));
        int length = numberOr(1, run.group(4));
        if (hart >= harts || length < 1 || decisions.size() + length > MOST_DECISIONS) {
            throw new IllegalArgumentException("'" + run.group() + "' is not possible with " + harts
                    + " harts and at most " + MOST_DECISIONS + " decisions");
        }
        int process = run.group(1).equals("h") ? hart : harts + hart;
        int decision = Schedule.decision(process, numberOr(0, run.group(3)));
        for (int count = 0; count < length; count++) {
            decisions.add(decision);
        }
    }

    private static int numberOr(int absent, @Nullable String digits) {
        return digits == null ? absent : Integer.parseInt(digits);
    }
}
