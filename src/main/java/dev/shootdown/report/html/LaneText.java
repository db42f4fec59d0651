package dev.shootdown.report.html;

import dev.shootdown.explore.Timeline;
import dev.shootdown.explore.Timeline.Line;
import dev.shootdown.explore.Timeline.Mark;
import dev.shootdown.explore.Timeline.Stage;
import dev.shootdown.explore.Timeline.VictimLife;
import dev.shootdown.explore.Timeline.Waiting;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells lanes in words, for who does not see them. */
final class LaneText {
    private LaneText() {}

    /** The whole in some sentences. */
    static String of(Timeline timeline) {
        Stream<String> harts = Stream.of(String.join(", ", timeline.harts()) + ".");
        Stream<String> life = timeline.victim().map(LaneText::life).stream();
        Stream<String> waits = timeline.waits().stream()
                .map(wait -> "Hart " + wait.hart() + " " + wait(wait) + " from step " + (wait.from() + 1) + " on.");
        Stream<String> bad = timeline.lines().stream()
                .filter(line -> line.marks().contains(Mark.VIOLATION))
                .map(line -> step(line) + ": this must not be.");
        return Stream.of(harts, life, waits, bad).flatMap(each -> each).collect(Collectors.joining(" "));
    }

    private static String life(VictimLife life) {
        return life.stages().stream().map(LaneText::stage).collect(Collectors.joining(", ", life.name() + ": ", "."));
    }

    private static String stage(Stage stage) {
        String when = stage.from() == 0 ? "" : " at step " + stage.from();
        return Words.spaced(stage.state().name()) + when;
    }

    /** A step, with its number. */
    static String step(Line line) {
        String kernel = line.kernel().isEmpty() ? "" : ", " + line.kernel();
        String stale = line.marks().contains(Mark.STALE) ? " (stale)" : "";
        return "Step " + line.first() + ", hart " + line.hart() + kernel + ": " + line.what() + stale;
    }

    /** For whom a hart waits, and why. */
    static String wait(Waiting wait) {
        String whom = wait.forHart() == Timeline.NOBODY ? "" : "hart " + wait.forHart() + ", ";
        return "waits for " + whom + wait.forWhat();
    }

    /** What an arrow is. */
    static String arrow(Timeline.Arrow arrow) {
        String what = switch (arrow.signal()) {
            case INTERRUPT -> "interrupt";
            case ACKNOWLEDGEMENT -> "acknowledgement";
            case MACHINE_MODE_FENCE -> "M-mode fence, done at once whatever the target does,";
            case FIRMWARE_CALL -> "call to firmware";
            case FIRMWARE_RETURN -> "return from firmware";
        };
        return what + " from hart " + arrow.fromHart() + " to hart " + arrow.toHart();
    }
}
