package dev.shootdown.report.html;

import dev.shootdown.explore.MinimalPair;
import dev.shootdown.explore.Recording;
import dev.shootdown.explore.TablePicture;
import dev.shootdown.explore.Timeline;
import dev.shootdown.explore.Timeline.Line;
import dev.shootdown.explore.TimelineText;
import dev.shootdown.explore.Witness;
import dev.shootdown.explore.WitnessException;
import dev.shootdown.explore.WitnessFile;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Race;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws one failing execution a race: the one under the strongest model that has one. Executions that look the same are drawn
 * once. A witness that cannot be read or run again, or whose race has parts of its own, has no picture; the file is linked.
 */
final class Scenes {
    private static final int BEFORE = 4;
    private static final int AFTER = 14;

    private Scenes() {}

    private record Look(SwimLanes broken, TableDrawing tables, String sentence, String outcome) {}

    static List<Scene> of(VerdictsDocument document, Path results) {
        Map<Look, Scene> scenes = new LinkedHashMap<>();
        for (Race race : document.races()) {
            witness(race)
                    .flatMap(explored -> scene(explored, results))
                    .ifPresent(scene -> scenes.merge(look(scene), scene, (one, other) -> one.alsoOf(race.id())));
        }
        return List.copyOf(scenes.values());
    }

    private static Look look(Scene scene) {
        return new Look(scene.broken(), scene.tables(), scene.sentence(), scene.outcome());
    }

    /** Models stand in the order of their strength. */
    private static Optional<Explored> witness(Race race) {
        return race.explored().stream().filter(each -> each.witness() != null).findFirst();
    }

    private static Optional<Scene> scene(Explored explored, Path results) {
        try {
            Witness witness = WitnessFile.read(results.resolve(String.valueOf(explored.witness())));
            return Optional.of(scene(witness, witness.replay()));
        } catch (WitnessException | IllegalArgumentException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    private static Scene scene(Witness witness, Recording recording) {
        Timeline broken = Timeline.of(witness.race(), recording);
        Optional<MinimalPair> pair = MinimalPair.of(witness.race(), recording);
        String race = witness.race().id();
        return new Scene(
                "witness-" + Cells.anchor(race),
                List.of(race),
                witness.model().name(),
                witness.schedule().outcome(),
                LanePainter.of(broken, "The broken race under " + witness.model()),
                pair.map(Scenes::repaired).orElse(null),
                pair.map(MinimalPair::sentence).orElse(""),
                TableDrawing.of(TablePicture.of(witness.race(), recording, broken.violationStep())),
                pair.map(MinimalPair::text).orElseGet(() -> TimelineText.of(broken)));
    }

    /** The part of the repaired execution in which it is different: around the freer's wait, if it has to. */
    private static SwimLanes repaired(MinimalPair pair) {
        List<Line> lines = new ArrayList<>(pair.repaired().lines());
        int first = pair.difference().map(lines::indexOf).orElse(0);
        int last = first + AFTER;
        if (pair.block().isPresent()) {
            int until = pair.block().get().to();
            last = AFTER
                    + (int) lines.stream().filter(line -> line.first() < until).count();
        }
        int from = lines.get(Math.max(0, first - BEFORE)).first();
        int to = lines.get(Math.min(lines.size() - 1, last)).last();
        String title = "Repaired (" + pair.repair().what() + " " + pair.repair().after() + "), from step " + from
                + "; before that, both do the same";
        return LanePainter.part(pair.repaired(), title, from, to);
    }
}
