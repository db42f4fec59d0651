package dev.shootdown.explore;

import dev.shootdown.explore.Timeline.Line;
import dev.shootdown.explore.Timeline.Mark;
import dev.shootdown.explore.Timeline.Section;
import dev.shootdown.explore.Timeline.Waiting;
import dev.shootdown.explore.Timeline.Window;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A timeline as text for a fixed-width font: number of the step, kernel function, a column a hart, and beside them what became
 * of the frame that the race is about. A bar in front of a hart's column shows what the hart is in.
 */
public final class TimelineText {
    /** Characters of a hart's column at most; longer cells go on in the next line. */
    static final int WIDEST_CELL = 44;

    private static final int WIDEST_KERNEL = 30;
    private static final String KERNEL_TITLE = "kernel function";
    private static final String STILL_WAITS = "…";

    private final Timeline timeline;
    private final Set<String> legend = new LinkedHashSet<>();
    private final StringBuilder out = new StringBuilder();
    private final List<Waiting> announced = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    private TimelineText(Timeline timeline) {
        this.timeline = timeline;
    }

    /**
     * {@return the text, several lines, each with its end}
     *
     * @param timeline any
     */
    public static String of(Timeline timeline) {
        return new TimelineText(timeline).text();
    }

    private String text() {
        List<List<String>> table = new ArrayList<>();
        List<String> titles = new ArrayList<>(List.of("", "step", KERNEL_TITLE));
        timeline.harts().forEach(title -> titles.addAll(List.of("", title)));
        timeline.victim().ifPresent(life -> titles.add(life.name()));
        table.add(titles);
        String kernel = "";
        Optional<Timeline.State> before = Optional.empty();
        for (Line line : timeline.lines()) {
            Optional<Timeline.State> now = timeline.victim().flatMap(life -> life.after(line.last()));
            table.add(cells(line, line.kernel().equals(kernel) ? "" : shortened(line.kernel()), state(before, now)));
            kernel = line.kernel();
            before = now;
        }
        print(table);
        return out.toString();
    }

    private List<String> cells(Line line, String kernel, String state) {
        List<String> cells = new ArrayList<>(List.of(sign(line), Integer.toString(line.first()), kernel));
        for (int hart = 0; hart < timeline.harts().size(); hart++) {
            cells.add(bar(hart, line));
            cells.add(hart == line.hart() ? line.what() + stale(line) : waiting(hart, line));
        }
        timeline.victim().ifPresent(life -> cells.add(state));
        return cells;
    }

    private String sign(Line line) {
        if (line.marks().contains(Mark.VIOLATION)) {
            legend.add("✗ must not be");
            return "✗";
        }
        if (line.marks().contains(Mark.SWITCH)) {
            legend.add("⇄ another hart goes on");
            return "⇄";
        }
        return "";
    }

    private static String stale(Line line) {
        return line.marks().contains(Mark.STALE) ? " (stale)" : "";
    }

    private static String state(Optional<Timeline.State> before, Optional<Timeline.State> now) {
        if (now.equals(before)) {
            return now.isPresent() ? "│" : "";
        }
        return now.map(state -> state.name().toLowerCase(Locale.ROOT)).orElse("");
    }

    /** The kernel function's name; of several, the last if all are too long. */
    private static String shortened(String kernel) {
        String name = kernel.length() > WIDEST_KERNEL
                ? kernel.substring(kernel.lastIndexOf(", ") + 1).strip()
                : kernel;
        return name.length() > WIDEST_KERNEL ? name.substring(0, WIDEST_KERNEL - 1) + "…" : name;
    }

    private String bar(int hart, Line line) {
        return timeline.windows().stream()
                .filter(window -> window.hart() == hart && covers(window, line))
                .map(Window::section)
                .max(Section::compareTo)
                .map(this::bar)
                .orElse("");
    }

    private static boolean covers(Window window, Line line) {
        return window.from() <= line.last() && line.first() <= window.to();
    }

    private String bar(Section section) {
        String bar = switch (section) {
            case INTERRUPTS_OFF -> "┃";
            case IN_HANDLER -> "╏";
            case RCU_READER -> "┆";
            case HARDWARE_WALK -> "║";
        };
        legend.add(bar + " " + section.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        return bar;
    }

    private String waiting(int hart, Line line) {
        Optional<Waiting> wait = timeline.waits().stream()
                .filter(each -> each.hart() == hart && each.from() < line.first() && line.last() < each.to())
                .findFirst();
        if (wait.isEmpty()) {
            return "";
        }
        if (announced.contains(wait.get())) {
            return STILL_WAITS;
        }
        announced.add(wait.get());
        return sentence(wait.get());
    }

    private static String sentence(Waiting wait) {
        String whom = wait.forHart() == Timeline.NOBODY ? "" : "hart " + wait.forHart() + ": ";
        return "waits for " + whom + wait.forWhat();
    }

    private void print(List<List<String>> table) {
        measure(table);
        out.append(headline()).append("\n\n");
        for (List<String> row : table) {
            printRow(row);
        }
        timeline.waits().stream()
                .filter(wait -> wait.to() == Timeline.OPEN)
                .forEach(wait -> out.append("hart " + wait.hart() + " " + sentence(wait) + ", for ever\n"));
        if (!legend.isEmpty()) {
            out.append('\n').append(String.join("   ", legend)).append('\n');
        }
        timeline.model().caveat().ifPresent(caveat -> out.append(caveat).append('\n'));
    }

    private String headline() {
        String where = timeline.violationStep() == 0 ? "" : " at step " + timeline.violationStep();
        String what = switch (timeline.ending()) {
            case HELD, FAILED -> timeline.outcome() + where;
            case DEADLOCK -> "deadlock";
            case THREW -> "an actor threw";
        };
        return timeline.program() + " under " + timeline.model() + ": " + what;
    }

    private void measure(List<List<String>> table) {
        for (int column = 0; column < table.getFirst().size(); column++) {
            int at = column;
            int longest =
                    table.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            widths.add(Math.min(longest, WIDEST_CELL));
        }
    }

    /** Prints a row, in as many lines as its longest cell takes. */
    private void printRow(List<String> row) {
        List<List<String>> wrapped =
                row.stream().map(cell -> wrap(cell, WIDEST_CELL)).toList();
        int height = wrapped.stream().mapToInt(List::size).max().orElse(1);
        for (int line = 0; line < height; line++) {
            int at = line;
            List<String> cells = wrapped.stream()
                    .map(lines -> at < lines.size() ? lines.get(at) : "")
                    .collect(Collectors.toCollection(ArrayList::new));
            if (line > 0) {
                keepBars(row, cells);
            }
            out.append(joined(cells).stripTrailing()).append('\n');
        }
    }

    /** Bars go on beside the second line of a cell. */
    private static void keepBars(List<String> row, List<String> cells) {
        for (int column = 3; column < row.size(); column += 2) {
            cells.set(column, row.get(column).length() == 1 ? row.get(column) : cells.get(column));
        }
    }

    private String joined(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(Math.max(0, widths.get(column) - cell.length()));
            line.append(column == 1 ? padding + cell : cell + padding).append(gap(column));
        }
        return line.toString();
    }

    /** A bar stands close to its column. */
    private static String gap(int column) {
        boolean isBar = column >= 3 && column % 2 == 1;
        return isBar || column == 0 ? " " : "  ";
    }

    /** Breaks a text at spaces so that each line has at most {@code width} characters. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space <= 0 ? width : space;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }
}
