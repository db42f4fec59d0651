package dev.shootdown.report;

import dev.shootdown.explore.Exploration;
import dev.shootdown.explore.MinimalPair;
import dev.shootdown.explore.Recording;
import dev.shootdown.explore.Replayer;
import dev.shootdown.explore.Schedule;
import dev.shootdown.explore.Timeline;
import dev.shootdown.explore.TimelineText;
import dev.shootdown.explore.Witness;
import dev.shootdown.explore.WitnessFile;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps every failing execution as two files: a witness that can be replayed, at once, and later its timeline, with that of the
 * repaired race along the same decisions where a repair is known. Any thread may call.
 */
public final class SavedWitnesses implements WitnessFiles {
    private final ResultPaths paths;
    private final Queue<Undrawn> undrawn = new ConcurrentLinkedQueue<>();

    /** One that has a witness, and no timeline yet. */
    private static final class Undrawn {
        private final Race race;
        private final Recording recording;
        private final Path timeline;

        Undrawn(Race race, Recording recording, Path timeline) {
            this.race = race;
            this.recording = recording;
            this.timeline = timeline;
        }

        void draw() {
            try {
                ResultFiles.write(timeline, SavedWitnesses.timeline(race, recording));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Keeps nothing yet.
     *
     * @param paths where results go
     */
    public SavedWitnesses(ResultPaths paths) {
        this.paths = paths;
    }

    @Override
    public Optional<Path> fileOf(Race race, MemoryModel model, Exploration exploration) {
        return exploration.witness().map(schedule -> save(race, model, schedule));
    }

    private Path save(Race race, MemoryModel model, Schedule schedule) {
        Recording recording = Replayer.replay(race, model, schedule);
        Path witness = paths.witnesses().resolve(nameOf(race.id(), model) + ".json");
        WitnessFile.write(witness, Witness.of(race, recording));
        undrawn.add(new Undrawn(race, recording, timelineOf(witness)));
        return paths.root().relativize(witness);
    }

    /** {@inheritDoc} Whoever calls while another does waits for that one: a VM that goes down loses no file half done. */
    @Override
    public synchronized int complete() {
        List<Undrawn> due = List.copyOf(undrawn);
        due.parallelStream().forEach(each -> {
            each.draw();
            undrawn.remove(each);
        });
        return due.size();
    }

    /**
     * {@return the timeline of a failing execution, with that of the repaired race where a repair is known}
     *
     * @param race the broken race
     * @param recording a failing execution of it
     */
    public static String timeline(Race race, Recording recording) {
        return MinimalPair.of(race, recording)
                .map(MinimalPair::text)
                .orElseGet(() -> TimelineText.of(Timeline.of(race, recording)));
    }

    /**
     * {@return the file with a witness's timeline, which stands beside it}
     *
     * @param witness its file
     */
    public static Path timelineOf(Path witness) {
        return witness.resolveSibling(witness.getFileName().toString().replaceFirst("\\.json$", "") + ".txt");
    }

    /**
     * {@return a race's id as a file name}
     *
     * @param raceId as {@link Race#id} writes it
     * @param model the memory model, which the name ends with
     */
    public static String nameOf(String raceId, MemoryModel model) {
        return raceId.replace('/', '.') + "." + model.name().toLowerCase(Locale.ROOT);
    }
}
