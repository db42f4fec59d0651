package dev.shootdown.report.html;

import dev.shootdown.race.Race;

/**
 * A failing execution that a document names, and of which there is no picture.
 *
 * @param race what it is an execution of
 * @param file its witness, as the document names it
 * @param why what is wrong with that, as the end of a sentence that begins with the file
 */
public record Undrawn(String race, String file, String why) {
    /** {@return file and reason in a sentence} */
    public String sentence() {
        return file + " " + why + ".";
    }

    /**
     * {@return whether this program knows the race, so that the file is of another version or damaged; else the race has parts
     * of somebody else's}
     */
    public boolean isUnusable() {
        try {
            Race.parse(race);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
