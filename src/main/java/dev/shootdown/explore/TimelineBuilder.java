package dev.shootdown.explore;

import dev.shootdown.explore.Recording.Ending;
import dev.shootdown.explore.Timeline.Mark;
import dev.shootdown.explore.Timeline.Row;
import dev.shootdown.explore.Timeline.VictimLife;
import dev.shootdown.race.Named;
import dev.shootdown.race.Outcome;
import dev.shootdown.race.OwnOutcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.ThirdActor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a timeline of a recording. */
final class TimelineBuilder {
    private static final int MUTATOR = 1;
    private static final int THIRD = 2;

    private final Recording recording;
    private final WordNames names;
    private final StepText text;
    private final int violation;

    private TimelineBuilder(Recording recording, WordNames names) {
        this.recording = recording;
        this.names = names;
        this.text = new StepText(names);
        this.violation = recording.ending() == Ending.FAILED ? TellTale.step(recording, names.places()) : 0;
    }

    static Timeline of(Race race, Recording recording) {
        RaceScene scene = new RaceScene(race);
        WordNames names = WordNames.of(scene, recording);
        Optional<VictimLife> life = new LifeFinder(scene, names, recording.steps()).find();
        return new TimelineBuilder(recording, names)
                .build(titles(race, recording.harts()), life, told(race, recording));
    }

    /**
     * What came out; with a word of its own where only the frames tell that something was loaded that must not be: the walker
     * had not noticed, because the frame was freed but not poisoned yet.
     */
    private static String told(Race race, Recording recording) {
        String outcome = recording.outcome();
        boolean unnoticed = recording.ending() == Ending.FAILED
                && Stream.of(outcome.split(",")).noneMatch(each -> isForbidden(race, each));
        return unnoticed ? "FORBIDDEN_ACCESS (unnoticed: " + outcome + ")" : outcome;
    }

    private static boolean isForbidden(Race race, String outcome) {
        Stream<String> builtIn =
                Arrays.stream(Outcome.values()).filter(Outcome::isForbidden).map(Outcome::name);
        Stream<String> own =
                race.ownOutcomes().stream().filter(OwnOutcome::isForbidden).map(OwnOutcome::name);
        return Stream.concat(builtIn, own).anyMatch(outcome::equals);
    }

    static Timeline of(Recording recording) {
        List<String> titles = new ArrayList<>();
        for (int hart = 0; hart < recording.harts(); hart++) {
            titles.add("hart " + hart);
        }
        return new TimelineBuilder(recording, WordNames.of(recording))
                .build(titles, Optional.empty(), recording.outcome());
    }

    private static List<String> titles(Race race, int harts) {
        List<String> titles = new ArrayList<>();
        for (int hart = 0; hart < harts; hart++) {
            titles.add("hart " + hart + ": " + part(race, hart));
        }
        return titles;
    }

    private static String part(Race race, int hart) {
        ThirdActor third = race.conditions().thirdActor();
        if (hart == MUTATOR) {
            return race.mutator().name();
        }
        return hart == THIRD && third != ThirdActor.NONE
                ? race.ownActor().map(Named::name).orElse(third.name())
                : race.walker().name();
    }

    private Timeline build(List<String> titles, Optional<VictimLife> life, String outcome) {
        List<Step> steps = recording.steps();
        ContextHistory contexts = new ContextHistory(steps, names.places(), recording.harts());
        WaitReasons reasons = new WaitReasons(steps, names, contexts);
        List<Row> rows = rows();
        return new Timeline(
                recording.program(),
                recording.model(),
                titles,
                rows,
                new Condenser(steps, rows, names).lines(),
                contexts.windows(),
                recording.waits().stream().map(reasons::of).toList(),
                new ArrowFinder(steps, names.places()).find(contexts),
                life,
                violation,
                outcome,
                recording.ending());
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Step step : recording.steps()) {
            boolean switched = !rows.isEmpty() && rows.getLast().hart() != step.hart();
            rows.add(new Row(
                    step.number(),
                    step.hart(),
                    step.kind(),
                    kernel(step),
                    names.word(step.offset(), step.number()),
                    text.of(step),
                    marks(step, switched ? Set.of(Mark.SWITCH) : Set.of())));
        }
        return rows;
    }

    private Set<Mark> marks(Step step, Set<Mark> given) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        marks.addAll(given);
        if (step.number() == violation) {
            marks.add(Mark.VIOLATION);
        }
        if (step.freshness() == Step.Freshness.STALE) {
            marks.add(Mark.STALE);
        }
        return marks;
    }

    /** The innermost kernel function that a step belongs to. */
    static String kernel(Step step) {
        return step.mirrors().isEmpty() ? "" : step.mirrors().getLast();
    }
}
