package dev.shootdown.explore;

import dev.shootdown.explore.Recording.Ending;
import dev.shootdown.explore.Timeline.Line;
import dev.shootdown.explore.Timeline.Waiting;
import dev.shootdown.race.Race;
import dev.shootdown.race.Repairs;
import dev.shootdown.race.Repairs.Repair;
import dev.shootdown.race.ThirdActor;
import java.util.Optional;

/**
 * A failing execution of a broken race beside what the same decisions lead to in the repaired one.
 *
 * @param repair the one thing that was changed
 * @param broken the execution that fails
 * @param repaired the one that does not
 * @param block where the freer now waits for a walker; empty if the repair makes nobody wait
 * @param difference the first line of {@code repaired} that is not in {@code broken}; empty if they read the same
 * @param sentence what the repair changed, in a sentence
 */
public record MinimalPair(
        Repair repair,
        Timeline broken,
        Timeline repaired,
        Optional<Waiting> block,
        Optional<Line> difference,
        String sentence) {
    private static final int MUTATOR = 1;
    private static final int THIRD = 2;

    /**
     * The pair of a failing execution and the one that the same decisions lead to in the repaired race.
     *
     * @param race the broken race
     * @param broken a failing execution of it
     * @return empty if no repair of the race is known
     * @throws IllegalArgumentException if {@code broken} is no failing execution of the race
     */
    public static Optional<MinimalPair> of(Race race, Recording broken) {
        return Repairs.of(race).map(repair -> of(repair, race, broken));
    }

    /**
     * {@return the pair of a failing execution and the one that the same decisions lead to after a repair of the
     * caller's choice}
     *
     * @param repair of the race
     * @param race the broken race
     * @param broken a failing execution of it
     * @throws IllegalArgumentException if {@code broken} is no failing execution of the race, or {@code repair} fails too
     */
    public static MinimalPair of(Repair repair, Race race, Recording broken) {
        return of(
                repair,
                race,
                broken,
                Replayer.follow(new RaceProgram(repair.race()), broken.model(), broken.schedule()));
    }

    /**
     * The pair of two executions.
     *
     * @param race the broken race
     * @param broken a failing execution of it
     * @param repaired an execution of its repair
     * @return empty if no repair of the race is known
     * @throws IllegalArgumentException if either execution is not of the race that it should be, the first does not fail, or the
     *     second does
     */
    public static Optional<MinimalPair> of(Race race, Recording broken, Recording repaired) {
        return Repairs.of(race).map(repair -> of(repair, race, broken, repaired));
    }

    private static MinimalPair of(Repair repair, Race race, Recording broken, Recording repaired) {
        require(race, broken, Ending.FAILED);
        require(repair.race(), repaired, Ending.HELD);
        return of(repair, Timeline.of(race, broken), Timeline.of(repair.race(), repaired));
    }

    private static void require(Race race, Recording recording, Ending ending) {
        if (!recording.program().equals(race.id()) || recording.ending() != ending) {
            throw new IllegalArgumentException("want an execution of " + race.id() + " that " + ending + ", not one of "
                    + recording.program() + " that " + recording.ending());
        }
    }

    private static MinimalPair of(Repair repair, Timeline broken, Timeline repaired) {
        Optional<Waiting> block = repaired.waits().stream()
                .filter(each -> !walks(repair.race(), each.hart()) && walks(repair.race(), each.forHart()))
                .findFirst();
        Optional<Line> difference = difference(broken, repaired);
        String with = "With " + repair.what() + " " + repair.after() + " instead of " + repair.before() + ", ";
        String what = block.map(MinimalPair::blocks)
                .or(() -> difference.map(line -> differs(line, broken)))
                .orElse("this execution goes the same way up to the failure, which is not there.");
        return new MinimalPair(repair, broken, repaired, block, difference, with + what);
    }

    private static boolean walks(Race race, int hart) {
        boolean isThird = hart == THIRD && race.conditions().thirdActor() != ThirdActor.NONE;
        return hart != MUTATOR && hart != Timeline.NOBODY && !isThird;
    }

    private static Optional<Line> difference(Timeline broken, Timeline repaired) {
        for (int index = 0; index < repaired.lines().size(); index++) {
            Line line = repaired.lines().get(index);
            boolean same = index < broken.lines().size()
                    && broken.lines().get(index).hart() == line.hart()
                    && broken.lines().get(index).what().equals(line.what());
            if (!same) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    private static String blocks(Waiting wait) {
        String where = wait.kernel().isEmpty() ? "" : " in " + wait.kernel();
        String until = wait.to() == Timeline.OPEN ? " for ever" : " until step " + wait.to();
        return "hart " + wait.hart() + " blocks" + where + " after step " + wait.from() + " and waits for hart "
                + wait.forHart() + " (" + wait.forWhat() + ")" + until + ".";
    }

    private static String differs(Line line, Timeline broken) {
        String before = broken.lines().stream()
                .filter(each -> each.hart() == line.hart() && each.last() >= line.first())
                .map(Line::what)
                .findFirst()
                .orElse("nothing");
        return "nobody has to wait; at step " + line.first() + " hart " + line.hart() + " does \"" + line.what()
                + "\", where it had done \"" + before + "\".";
    }

    /** {@return both timelines as text, the broken one first, and the sentence} */
    public String text() {
        return TimelineText.of(broken) + "\n" + TimelineText.of(repaired) + "\n" + sentence + "\n";
    }
}
