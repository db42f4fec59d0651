package dev.shootdown.report.html;

import java.util.List;

/**
 * Harts in lanes, time from left to right, with the coordinates of everything.
 *
 * @param title what it shows
 * @param description the same in words
 * @param width of the whole, in units of the drawing, like all coordinates
 * @param height of the whole
 * @param lanes one a hart
 * @param areas what harts are in, and where they wait
 * @param labels kernel functions, over the steps that belong to them
 * @param dots the steps
 * @param arrows what goes from one hart to another, and the offending read
 * @param life the name of the frame beneath
 * @param lifeY where that lies
 * @param stages what becomes of it
 * @param key the step to look at first
 */
public record SwimLanes(
        String title,
        String description,
        int width,
        int height,
        List<Text> lanes,
        List<Area> areas,
        List<Text> labels,
        List<Dot> dots,
        List<Arrow> arrows,
        String life,
        int lifeY,
        List<Area> stages,
        Key key) {
    /**
     * Text at a place.
     *
     * @param x where it begins
     * @param y its base line
     * @param text what is written there
     */
    public record Text(int x, int y, String text) {}

    /**
     * A rectangle of a kind; {@code label} is drawn if there is room, and told anyway.
     *
     * @param x left
     * @param y top
     * @param width to the right
     * @param height downwards
     * @param css its class in the style sheet
     * @param label what it is, in a word
     * @param title the same at length
     */
    public record Area(int x, int y, int width, int height, String css, String label, String title) {}

    /**
     * A step.
     *
     * @param x its middle
     * @param y its middle
     * @param css its class in the style sheet
     * @param text what the step did
     */
    public record Dot(int x, int y, String css, String text) {}

    /**
     * A step, by its place among the dots, and what it is.
     *
     * @param dot counted from 0
     * @param label what the step is
     */
    public record Key(int dot, String label) {}

    /**
     * From one place to another.
     *
     * @param fromX where it begins
     * @param fromY where it begins
     * @param toX where its head is
     * @param toY where its head is
     * @param css its class in the style sheet
     * @param title what goes there
     */
    public record Arrow(int fromX, int fromY, int toX, int toY, String css, String title) {}
}
