package dev.shootdown.report.html;

import dev.shootdown.explore.MinimalPair;
import dev.shootdown.explore.Recording;
import dev.shootdown.explore.TablePicture;
import dev.shootdown.explore.Timeline;
import dev.shootdown.explore.TimelineText;
import dev.shootdown.explore.Witness;
import dev.shootdown.explore.WitnessException;
import dev.shootdown.explore.WitnessFile;
import dev.shootdown.race.Repairs;
import dev.shootdown.race.Repairs.Repair;
import dev.shootdown.report.SavedWitnesses;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Race;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Draws one failing execution a race: the one under the strongest model that has one. Executions that look the same are drawn
 * once. A witness that cannot be read or run again, or whose race has parts of its own, has no picture; the file is linked.
 *
 * @param drawn the pictures
 * @param undrawn of what there is none
 */
record Scenes(List<Scene> drawn, List<Undrawn> undrawn) {
    /** What became of a witness. */
    sealed interface Found {}

    /** It could not be read, or not be run again. */
    record Lost(Undrawn undrawn) implements Found {}

    /** It was read and run again. */
    record Seen(Explored explored, Witness witness, Recording recording) implements Found {
        /** The same decisions after a repair; empty if that fails as well: its own cell says so. */
        Optional<MinimalPair> repairedBy(Repair repair) {
            try {
                return Optional.of(MinimalPair.of(repair, witness.race(), recording));
            } catch (IllegalArgumentException | IllegalStateException _) {
                return Optional.empty();
            }
        }
    }

    private record Look(SwimLanes broken, TableDrawing tables, String sentence, String outcome) {}

    static Scenes of(VerdictsDocument document, Path results, ResultLinks links) {
        List<Found> all = document.races().parallelStream()
                .flatMap(race -> witness(race, results).stream())
                .toList();
        Map<Look, Scene> scenes = new LinkedHashMap<>();
        each(Seen.class, all)
                .parallel()
                .map(seen -> scene(seen, links))
                .forEachOrdered(scene -> scenes.merge(look(scene), scene, Scene::and));
        return new Scenes(
                List.copyOf(scenes.values()),
                each(Lost.class, all).map(Lost::undrawn).toList());
    }

    private static <T extends Found> Stream<T> each(Class<T> kind, List<Found> all) {
        return all.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static Look look(Scene scene) {
        return new Look(scene.broken(), scene.tables(), scene.sentence(), scene.outcome());
    }

    /** The failing execution to show of a race; models stand in the order of their strength. */
    static Optional<Found> witness(Race race, Path results) {
        return race.explored().stream()
                .filter(each -> each.witness() != null)
                .findFirst()
                .map(explored -> read(race, explored, results));
    }

    private static Found read(Race race, Explored explored, Path results) {
        String file = String.valueOf(explored.witness());
        try {
            Witness witness = WitnessFile.read(results.resolve(file));
            return new Seen(explored, witness, witness.replay());
        } catch (WitnessException e) {
            return new Lost(new Undrawn(race.id(), file, e.why()));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return new Lost(new Undrawn(race.id(), file, "cannot be run again: " + e.getMessage()));
        }
    }

    private static Scene scene(Seen seen, ResultLinks links) {
        Witness witness = seen.witness();
        Timeline broken = Timeline.of(witness.race(), seen.recording());
        Optional<MinimalPair> pair = Repairs.of(witness.race()).flatMap(seen::repairedBy);
        String race = witness.race().id();
        return new Scene(
                "witness-" + Words.anchor(race),
                List.of(race),
                witness.model().name(),
                broken.outcome(),
                LanePainter.of(broken, "It fails under " + witness.model()),
                pair.map(RepairedPart::of).orElse(null),
                pair.map(MinimalPair::sentence).orElse(""),
                TableDrawing.of(TablePicture.of(witness.race(), seen.recording(), broken.violationStep())),
                pair.map(MinimalPair::text).orElseGet(() -> TimelineText.of(broken)),
                files(seen, links));
    }

    private static List<Page.Link> files(Seen seen, ResultLinks links) {
        String witness = String.valueOf(seen.explored().witness());
        String timeline = SavedWitnesses.timelineOf(Path.of(witness)).toString();
        return Stream.of(link("witness", witness, links), link("timeline", timeline, links))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Page.Link> link(String text, String file, ResultLinks links) {
        return links.to(file).map(href -> new Page.Link(href, text));
    }
}
