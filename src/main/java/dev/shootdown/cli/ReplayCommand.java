package dev.shootdown.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shootdown.explore.Recording;
import dev.shootdown.explore.ReplayDiverged;
import dev.shootdown.explore.Timeline;
import dev.shootdown.explore.TimelineText;
import dev.shootdown.explore.Witness;
import dev.shootdown.explore.WitnessFile;
import dev.shootdown.report.SavedWitnesses;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.PlanException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a failing execution again. */
@Command(name = "replay", description = "Runs the execution in a witness file again, and prints its timeline.")
final class ReplayCommand extends Subcommand {
    /**
     * What {@code --json} prints.
     *
     * @param caveat what has to be said beside every verdict under this model
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Replayed(
            String race,
            String model,
            String outcome,
            int violationStep,
            int steps,
            @Nullable String caveat) {}

    @Parameters(paramLabel = "FILE", description = "A witness, as explore writes it.")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private Path file;

    @Override
    public Integer call() {
        Witness witness = WitnessFile.read(file);
        Recording recording = replayed(witness);
        if (isJson()) {
            printJson(new Replayed(
                    witness.race().id(),
                    witness.model().name(),
                    recording.outcome(),
                    recording.schedule().violationStep(),
                    recording.steps().size(),
                    witness.model().caveat().orElse(null)));
            return 0;
        }
        out().print(text(witness, recording));
        out().println("Replayed: the same " + recording.steps().size() + " steps with the same values.");
        return 0;
    }

    private Recording replayed(Witness witness) {
        try {
            return witness.replay();
        } catch (ReplayDiverged e) {
            throw new PlanException(
                    ExitCode.BAD_INPUT,
                    file + " cannot be run again, it is of another version or was changed: " + e.getMessage());
        }
    }

    private static String text(Witness witness, Recording recording) {
        return recording.ending() == Recording.Ending.FAILED
                ? SavedWitnesses.timeline(witness.race(), recording)
                : TimelineText.of(Timeline.of(witness.race(), recording));
    }
}
