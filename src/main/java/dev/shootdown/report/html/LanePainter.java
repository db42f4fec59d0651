package dev.shootdown.report.html;

import dev.shootdown.explore.Timeline;
import dev.shootdown.explore.Timeline.Line;
import dev.shootdown.explore.Timeline.Mark;
import dev.shootdown.explore.Timeline.Section;
import dev.shootdown.explore.Timeline.Stage;
import dev.shootdown.explore.Timeline.State;
import dev.shootdown.explore.Timeline.VictimLife;
import dev.shootdown.explore.Timeline.Waiting;
import dev.shootdown.explore.Timeline.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lays a timeline out in lanes: a column a line of the condensed timeline, or of a part of it. */
final class LanePainter {
    private static final int LEFT = 12;
    private static final int COLUMN = 16;
    private static final int LANE = 104;
    private static final int TOP = 8;
    private static final int DOT = 76;
    private static final int SHADE_TOP = 58;
    private static final int SHADE = 36;
    private static final int LABEL_ROW = 12;
    private static final int LABEL_ROWS = 3;
    private static final int LABEL_TOP = 28;
    private static final double CHARACTER = 6.05;
    private static final int LIFE = 22;

    private final Timeline timeline;
    private final List<Line> lines;
    private final SwimLanes.Key otherwise;
    private final int width;
    private final int lifeY;

    private LanePainter(Timeline timeline, List<Line> lines, SwimLanes.Key otherwise) {
        this.timeline = timeline;
        this.lines = lines;
        this.otherwise = otherwise;
        this.width = 2 * LEFT + Math.max(24, lines.size()) * COLUMN;
        this.lifeY = TOP + timeline.harts().size() * LANE + 20;
    }

    /** All of it. */
    static SwimLanes of(Timeline timeline, String title) {
        return new LanePainter(timeline, timeline.lines(), new SwimLanes.Key(0, "First step")).paint(title);
    }

    /** Some successive lines of it, and one to look at first if nobody waits in it. */
    static SwimLanes part(Timeline timeline, String title, List<Line> lines, SwimLanes.Key otherwise) {
        return new LanePainter(timeline, lines, otherwise).paint(title);
    }

    private SwimLanes paint(String title) {
        List<SwimLanes.Text> lanes = new ArrayList<>();
        for (int hart = 0; hart < timeline.harts().size(); hart++) {
            lanes.add(
                    new SwimLanes.Text(LEFT, laneY(hart) + 14, timeline.harts().get(hart)));
        }
        return new SwimLanes(
                title,
                LaneText.of(timeline),
                width,
                lifeY + LIFE + 10,
                lanes,
                areas(),
                labels(),
                lines.stream().map(this::dot).toList(),
                arrows(),
                timeline.victim().map(VictimLife::name).orElse(""),
                lifeY,
                stages(),
                key());
    }

    /** The step to look at first: the one that must not be or else, where the freer waits, the last before that. */
    private SwimLanes.Key key() {
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).marks().contains(Mark.VIOLATION)) {
                return new SwimLanes.Key(index, "Offending read");
            }
        }
        Optional<Waiting> wait = timeline.waits().stream()
                .filter(each -> isVisible(each.from() + 1, each.to() - 1))
                .findFirst();
        return wait.map(each -> new SwimLanes.Key(index(each.from()), "Where it waits"))
                .orElse(otherwise);
    }

    /** The last line that begins by a step. */
    private int index(int step) {
        int begun = (int) lines.stream().filter(line -> line.first() <= step).count();
        return Math.max(0, begun - 1);
    }

    private int laneY(int hart) {
        return TOP + hart * LANE;
    }

    private int dotY(int hart) {
        return laneY(hart) + DOT;
    }

    /** The column of a step: that of the first line that is not over before it. */
    private int x(int step) {
        int column = 0;
        while (column < lines.size() && lines.get(column).last() < step) {
            column++;
        }
        return LEFT + column * COLUMN + COLUMN / 2;
    }

    private boolean isVisible(int from, int to) {
        return !lines.isEmpty()
                && from <= lines.getLast().last()
                && to >= lines.getFirst().first();
    }

    private SwimLanes.Dot dot(Line line) {
        String css =
                line.marks().contains(Mark.VIOLATION) ? "bad" : line.marks().contains(Mark.STALE) ? "stale" : "step";
        return new SwimLanes.Dot(x(line.first()), dotY(line.hart()), css, LaneText.step(line));
    }

    private List<SwimLanes.Area> areas() {
        List<SwimLanes.Area> areas = new ArrayList<>();
        timeline.windows().stream()
                .filter(window -> isVisible(window.from(), window.to()))
                .sorted(Comparator.comparing(Window::section))
                .forEach(window -> areas.add(window(window)));
        timeline.waits().stream()
                .filter(wait -> isVisible(wait.from() + 1, wait.to() - 1))
                .forEach(wait -> areas.add(wait(wait)));
        return areas;
    }

    private SwimLanes.Area window(Window window) {
        String label = Words.spaced(window.section().name());
        String css = Words.dashed(window.section().name());
        int inset = window.section() == Section.INTERRUPTS_OFF ? 0 : 5;
        int from = x(window.from()) - COLUMN / 2;
        int to = end(window.to());
        int y = laneY(window.hart()) + SHADE_TOP + inset;
        return area(from, to, y, SHADE - 2 * inset, css, label, "hart " + window.hart() + ": " + label);
    }

    private SwimLanes.Area wait(Waiting wait) {
        String what = LaneText.wait(wait);
        String where = wait.kernel().isEmpty() ? "" : " in " + wait.kernel();
        int from = x(wait.from() + 1) - COLUMN / 2;
        int to = wait.to() == Timeline.OPEN ? end(wait.to()) : x(wait.to()) - COLUMN / 2;
        int y = laneY(wait.hart()) + DOT - 9;
        String label = what.length() * CHARACTER + 6 <= to - from ? what : "waits";
        return area(from, to, y, 18, "wait", label, "hart " + wait.hart() + " " + what + where);
    }

    private SwimLanes.Area area(int from, int to, int y, int height, String css, String label, String title) {
        int wide = Math.max(4, to - from);
        String fitting = label.length() * CHARACTER + 6 <= wide ? label : "";
        return new SwimLanes.Area(from, y, wide, height, css, fitting, title);
    }

    private int end(int step) {
        return step == Timeline.OPEN ? width - LEFT : Math.min(width - LEFT, x(step) + COLUMN / 2);
    }

    /** Kernel functions where they begin, in the first of some rows that has room; what has none is told with its step. */
    private List<SwimLanes.Text> labels() {
        List<SwimLanes.Text> labels = new ArrayList<>();
        for (int hart = 0; hart < timeline.harts().size(); hart++) {
            label(hart, labels);
        }
        return labels;
    }

    private void label(int hart, List<SwimLanes.Text> labels) {
        double[] free = new double[LABEL_ROWS];
        String last = "";
        for (Line line : lines) {
            if (line.hart() == hart && !line.kernel().equals(last)) {
                last = line.kernel();
                place(line, free, labels);
            }
        }
    }

    private void place(Line line, double[] free, List<SwimLanes.Text> labels) {
        String text = line.kernel();
        double wide = text.length() * CHARACTER;
        double x = Math.min(x(line.first()) - 4.0, width - LEFT - wide);
        for (int row = LABEL_ROWS - 1; row >= 0 && !text.isEmpty(); row--) {
            if (free[row] <= x) {
                free[row] = x + wide + 8;
                int y = laneY(line.hart()) + LABEL_TOP + row * LABEL_ROW;
                labels.add(new SwimLanes.Text((int) x, y, text));
                return;
            }
        }
    }

    private List<SwimLanes.Arrow> arrows() {
        List<SwimLanes.Arrow> arrows = new ArrayList<>();
        timeline.arrows().stream()
                .filter(arrow -> arrow.fromHart() != arrow.toHart())
                .filter(arrow ->
                        isVisible(arrow.fromStep(), arrow.fromStep()) && isVisible(arrow.toStep(), arrow.toStep()))
                .forEach(arrow -> arrows.add(arrow(arrow)));
        lines.stream().filter(line -> line.marks().contains(Mark.VIOLATION)).forEach(line -> arrows.add(offence(line)));
        return arrows;
    }

    private SwimLanes.Arrow arrow(Timeline.Arrow arrow) {
        int sign = Integer.signum(arrow.toHart() - arrow.fromHart());
        return new SwimLanes.Arrow(
                x(arrow.fromStep()),
                dotY(arrow.fromHart()) + 6 * sign,
                x(arrow.toStep()),
                dotY(arrow.toHart()) - 8 * sign,
                Words.dashed(arrow.signal().name()),
                LaneText.arrow(arrow));
    }

    private SwimLanes.Arrow offence(Line line) {
        int x = x(line.first());
        return new SwimLanes.Arrow(x, dotY(line.hart()) + 7, x, lifeY - 2, "offence", "the read that must not be");
    }

    private List<SwimLanes.Area> stages() {
        List<Stage> stages = timeline.victim().map(VictimLife::stages).orElse(List.of());
        List<SwimLanes.Area> areas = new ArrayList<>();
        for (int index = 0; index < stages.size(); index++) {
            State state = stages.get(index).state();
            boolean last = index == stages.size() - 1;
            int from = start(stages.get(index));
            int to = last ? width - LEFT : start(stages.get(index + 1));
            if (to > from) {
                areas.add(area(
                        from,
                        to,
                        lifeY,
                        LIFE,
                        Words.dashed(state.name()),
                        Words.spaced(state.name()),
                        Words.spaced(state.name())));
            }
        }
        return areas;
    }

    private int start(Stage stage) {
        boolean before = lines.isEmpty() || stage.from() < lines.getFirst().first();
        return before ? LEFT : Math.min(width - LEFT, x(stage.from()) - COLUMN / 2);
    }
}
