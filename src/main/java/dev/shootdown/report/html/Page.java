package dev.shootdown.report.html;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page shows, as text.
 *
 * @param title its heading
 * @param verdict what came of the run, in a sentence
 * @param tone how that sentence looks: a class of the style sheet
 * @param counts how many races are what
 * @param facts the environment, and what was run for how long
 * @param matrices dispatchers against strategies
 * @param groups the races that are in no matrix
 * @param scenes pictures of failing executions
 * @param notRun what was not run, and why
 * @param findings what the gates said
 * @param caveats what has to be said beside verdicts
 * @param links to other results
 * @param walkers the walkers, for the filter
 */
public record Page(
        String title,
        String verdict,
        String tone,
        List<Count> counts,
        List<Fact> facts,
        List<Matrix> matrices,
        List<Group> groups,
        List<Scene> scenes,
        List<Fact> notRun,
        List<String> findings,
        List<String> caveats,
        List<Link> links,
        List<String> walkers) {

    /** How many races are something. */
    public record Count(String css, String symbol, String label, int number) {}

    /** A name and what there is to say about it. */
    public record Fact(String name, String text) {}

    /** A link. */
    public record Link(String href, String text) {}

    /** Dispatchers in columns, strategies in rows. */
    public record Matrix(String id, String title, String note, List<String> columns, List<MatrixRow> rows) {}

    /** A strategy; null where the run has no such race. */
    public record MatrixRow(String name, List<Slot> slots) {}

    /** A place in a matrix. */
    public record Slot(String column, @Nullable Cell cell) {}

    /** Races that belong together. */
    public record Group(String id, String title, List<Cell> cells) {}

    /**
     * A race and what is known about it.
     *
     * @param id its anchor
     * @param race its id
     * @param label what sets it apart from others in its table
     * @param status how it stands
     * @param engines what explored or stressed it, for the filter
     * @param reason why the expectation is what it is
     * @param explored one entry a memory model
     * @param scene the anchor of its picture, if there is one
     */
    public record Cell(
            String id,
            String race,
            String walker,
            List<Fact> label,
            Status status,
            String engines,
            String expected,
            String reason,
            List<Explored> explored,
            @Nullable Stressed stressed,
            @Nullable String scene,
            List<Link> witnesses) {}

    /** What exploration under one model found. */
    public record Explored(String model, String verdict, String executions, String css) {}

    /** What stress found. */
    public record Stressed(
            String test,
            String verdict,
            String rate,
            String samples,
            String nearMisses,
            String interrupts,
            String css) {}
}
