package dev.shootdown.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failing execution, drawn.
 *
 * @param id its anchor
 * @param races the races whose execution it is; several if they do the same
 * @param model the memory model
 * @param outcome what came out
 * @param broken the execution
 * @param repaired what the same decisions lead to in the repaired race; null if no repair is known
 * @param sentence what the repair changed; empty if there is none
 * @param tables the page tables at the offending step
 * @param text the whole as text
 * @param files it and, if there is one, its timeline, for who cannot see the pictures
 */
public record Scene(
        String id,
        List<String> races,
        String model,
        String outcome,
        SwimLanes broken,
        @Nullable SwimLanes repaired,
        String sentence,
        TableDrawing tables,
        String text,
        List<Page.Link> files) {

    /** This picture, of the other's races as well. */
    Scene and(Scene other) {
        List<String> all = new ArrayList<>(races);
        all.addAll(other.races());
        return new Scene(id, List.copyOf(all), model, outcome, broken, repaired, sentence, tables, text, files);
    }
}
