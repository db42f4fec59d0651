package dev.shootdown.cli;

import dev.shootdown.report.ResultPaths;
import dev.shootdown.report.SavedWitnesses;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes witnesses along, with the timelines beside them, so that what the merged document names is there. */
final class MergedWitnesses {
    private MergedWitnesses() {}

    /** Says where a witness is now. */
    @FunctionalInterface
    private interface Move {
        @Nullable
        String apply(Race race, Explored explored, String witness) throws IOException;
    }

    /** The same document, its witnesses named from anywhere; one that is not there is left out. */
    static VerdictsDocument located(VerdictsDocument document, Path directory) throws IOException {
        return moved(document, (race, explored, witness) -> {
            Path file = within(directory, witness);
            return Files.isRegularFile(file) ? file.toString() : null;
        });
    }

    /** How many a document names. */
    static long number(VerdictsDocument document) {
        return document.races().stream()
                .flatMap(race -> race.explored().stream())
                .filter(each -> each.witness() != null)
                .count();
    }

    private static Path within(Path directory, String witness) {
        try {
            Path root = directory.toAbsolutePath().normalize();
            Path file = root.resolve(witness).normalize();
            if (file.startsWith(root)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw Names.bad(directory + " names a witness that is no path: " + e.getMessage());
        }
        throw Names.bad(directory + " names a witness that is not in it: " + witness);
    }

    /** Copies what a document with located witnesses names; names the copies. */
    static VerdictsDocument copied(VerdictsDocument document, ResultPaths into) throws IOException {
        return moved(document, (race, explored, witness) -> {
            String name = SavedWitnesses.nameOf(race.id(), explored.memoryModel());
            Path copy = into.witnesses().resolve(name + ".json");
            copy(Path.of(witness), copy);
            Path timeline = SavedWitnesses.timelineOf(Path.of(witness));
            if (Files.isRegularFile(timeline)) {
                copy(timeline, SavedWitnesses.timelineOf(copy));
            }
            return into.root().relativize(copy).toString();
        });
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static VerdictsDocument moved(VerdictsDocument document, Move move) throws IOException {
        List<Race> races = new ArrayList<>();
        for (Race race : document.races()) {
            List<Explored> explored = new ArrayList<>();
            for (Explored each : race.explored()) {
                String witness = each.witness();
                explored.add(
                        witness == null
                                ? each
                                : MergedExploration.with(each, move.apply(race, each, witness), each.seen()));
            }
            races.add(Attribution.with(race, explored, race.stressed()));
        }
        return document.withRaces(races);
    }
}
