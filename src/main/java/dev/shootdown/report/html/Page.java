package dev.shootdown.report.html;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page shows, as text and coordinates.
 *
 * @param title its heading
 * @param verdict what came of the run, in a sentence
 * @param tone how that sentence looks: a class of the style sheet
 * @param counts how many races are what
 * @param story the races that the whole is about
 * @param facts the environment, and what was run for how long
 * @param matrices dispatchers against strategies
 * @param groups the races that are in no matrix
 * @param scenes pictures of failing executions
 * @param undrawn failing executions without one
 * @param notRun what was not run or not measured, and why
 * @param findings what the gates said
 * @param caveats what has to be said beside verdicts
 * @param files the other results
 * @param walkers the walkers, for the filter
 */
public record Page(
        String title,
        String verdict,
        String tone,
        List<Count> counts,
        Story story,
        List<Fact> facts,
        List<Matrix> matrices,
        List<Group> groups,
        List<Scene> scenes,
        List<Undrawn> undrawn,
        List<Fact> notRun,
        List<String> findings,
        List<String> caveats,
        List<File> files,
        List<String> walkers) {

    /**
     * How many races are something.
     *
     * @param css the class in the style sheet
     * @param symbol a sign that is not told by its colour
     * @param label what they are
     * @param number how many
     */
    public record Count(String css, String symbol, String label, int number) {}

    /**
     * A name and what there is to say about it.
     *
     * @param name what it is about
     * @param text what there is to say
     */
    public record Fact(String name, String text) {}

    /**
     * A link.
     *
     * @param href relative to the page
     * @param text what it is called
     */
    public record Link(String href, String text) {}

    /**
     * Other results: links to them or, if there are none, why; {@code note} may be empty beside links.
     *
     * @param name what the files are
     * @param links to them, relative to the page
     * @param note why there are none, or more about them
     */
    public record File(String name, List<Link> links, String note) {}

    /**
     * The races that the whole is about.
     *
     * @param panels one execution under each; empty if this run cannot show any
     * @param absent why there are none; empty if there are
     */
    public record Story(List<Panel> panels, String absent) {}

    /**
     * A picture with what it shows.
     *
     * @param id its anchor
     * @param heading over it
     * @param cell the race that it belongs to; null if the run has no such race
     * @param lanes the picture
     * @param sentence what happens in it
     */
    public record Panel(String id, String heading, @Nullable Cell cell, SwimLanes lanes, String sentence) {}

    /**
     * Dispatchers in columns, strategies in rows.
     *
     * @param id its anchor
     * @param title over it
     * @param note below that
     * @param columns dispatchers, and how each fences
     * @param rows strategies
     */
    public record Matrix(String id, String title, String note, List<Fact> columns, List<MatrixRow> rows) {}

    /**
     * A strategy and what it does, and its races.
     *
     * @param strategy its name, and what it does
     * @param slots one a column
     */
    public record MatrixRow(Fact strategy, List<Slot> slots) {}

    /**
     * A place in a matrix; null where the run has no such race.
     *
     * @param column the dispatcher's name
     * @param cell the race
     */
    public record Slot(String column, @Nullable Cell cell) {}

    /**
     * Races that belong together.
     *
     * @param id its anchor
     * @param title over it
     * @param cells the races
     */
    public record Group(String id, String title, List<Cell> cells) {}

    /**
     * A race and what is known about it.
     *
     * @param id its anchor
     * @param race its id
     * @param walker name of the walker, for the filter
     * @param label what sets it apart from others in its table
     * @param status how it stands
     * @param engines what explored or stressed it, for the filter
     * @param expected what must come out, for people
     * @param protection what comes to an end before the free; empty if nothing is freed, or nobody knows
     * @param reason why the expectation is what it is
     * @param explored one entry for models that came to the same
     * @param stressed what stress found; null if it was not stressed
     * @param costs what its strategy costs over its dispatcher, as far as that was measured
     * @param findings what the gates said about it
     * @param scene the anchor of its picture, if there is one
     * @param witnesses files of failing executions
     */
    public record Cell(
            String id,
            String race,
            String walker,
            List<Fact> label,
            Status status,
            String engines,
            String expected,
            String protection,
            String reason,
            List<Explored> explored,
            @Nullable Stressed stressed,
            List<Fact> costs,
            List<String> findings,
            @Nullable String scene,
            List<Link> witnesses) {}

    /**
     * What exploration under some models found; {@code css} says whether it should have.
     *
     * @param models their names
     * @param verdict what was found, for people
     * @param executions how many, for people
     * @param css the class in the style sheet
     */
    public record Explored(String models, String verdict, String executions, String css) {}

    /**
     * What stress found.
     *
     * @param test its name
     * @param href jcstress's page of the test, if there is one
     * @param verdict what was found, for people
     * @param css whether it should have
     * @param numbers what was counted and measured; empty if it was not run
     */
    public record Stressed(String test, @Nullable String href, String verdict, String css, List<Fact> numbers) {}
}
