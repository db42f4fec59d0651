package dev.shootdown.report.html;

import dev.shootdown.explore.MinimalPair;
import dev.shootdown.explore.Timeline.Line;
import dev.shootdown.explore.Timeline.Stage;
import dev.shootdown.explore.Timeline.Waiting;
import java.util.List;

/** Draws the part of a repaired execution in which it is different: around the freer's wait, if it has to. */
final class RepairedPart {
    private static final int BEFORE = 4;
    private static final int AFTER = 3;
    private static final int AFTER_DIFFERENCE = 14;

    private RepairedPart() {}

    static SwimLanes of(MinimalPair pair) {
        List<Line> lines = pair.repaired().lines();
        int difference = pair.difference().map(lines::indexOf).orElse(0);
        int from = Math.max(0, difference - BEFORE);
        int to = Math.min(lines.size(), Math.max(difference + AFTER_DIFFERENCE, end(pair) + AFTER));
        String same = from == 0 ? "" : ", from step " + lines.get(from).first() + "; before that, both do the same";
        String title = "Repaired: " + pair.repair().what() + " "
                + Words.dashed(pair.repair().after()) + same;
        SwimLanes.Key different = new SwimLanes.Key(difference - from, "Where it differs");
        return LanePainter.part(pair.repaired(), title, lines.subList(from, to), different);
    }

    /** How many lines it takes until nobody waits any more and the frame has come to its end. */
    private static int end(MinimalPair pair) {
        int waited = pair.block().map(Waiting::to).orElse(0);
        int freed = pair.repaired()
                .victim()
                .map(life -> life.stages().getLast())
                .map(Stage::from)
                .orElse(0);
        int last = pair.block().isPresent() ? Math.max(waited, freed) : 0;
        return (int) pair.repaired().lines().stream()
                .filter(line -> line.first() <= last)
                .count();
    }
}
