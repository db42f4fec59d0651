package dev.shootdown.report.html;

import java.util.List;

/**
 * Harts in lanes, time from left to right, with the coordinates of everything.
 *
 * @param title what it shows
 * @param description the same in words
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
    /** Text at a place. */
    public record Text(int x, int y, String text) {}

    /** A rectangle of a kind; {@code label} is drawn if there is room, and told anyway. */
    public record Area(int x, int y, int width, int height, String css, String label, String title) {}

    /** A step. */
    public record Dot(int x, int y, String css, String text) {}

    /** A step, by its place among the dots, and what it is. */
    public record Key(int dot, String label) {}

    /** From one place to another. */
    public record Arrow(int fromX, int fromY, int toX, int toY, String css, String title) {}
}
