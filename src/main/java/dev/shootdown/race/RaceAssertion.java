package dev.shootdown.race;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What {@link Race#assertSafe} and its like throw, in words. */
final class RaceAssertion {
    private static final String DEFAULT_DIRECTORY = "target/shootdown";

    private final Race race;

    RaceAssertion(Race race) {
        this.race = race;
    }

    /** Passes if every model held. */
    void safe(List<ExploredModel> explored) {
        for (ExploredModel model : explored) {
            switch (model.verdict()) {
                case SAFE -> {}
                case UNSAFE -> model.failure().ifPresent(failure -> fail(model.model(), failure));
                case INCONCLUSIVE ->
                    throw new AssertionError(race.id() + " is not decided: a bound was hit\n  " + model);
            }
        }
    }

    /** Passes if some model failed. */
    void unsafe(List<ExploredModel> explored) {
        if (explored.stream().noneMatch(model -> model.verdict() == Verdict.UNSAFE)) {
            throw new AssertionError(
                    race.id() + " was expected to fail, but did not\n" + ExploredModel.lines(explored));
        }
    }

    private void fail(MemoryModel model, Counterexample failure) {
        throw new AssertionError(failure.timeline() + "\n" + kept(model, failure) + "\n");
    }

    /** How to run it again. The timeline is told even where the file cannot be written. */
    private String kept(MemoryModel model, Counterexample failure) {
        Path file = directory().resolve(fileName(model));
        try {
            failure.save(file);
        } catch (RuntimeException unwritten) {
            return "It cannot be replayed: " + unwritten.getMessage() + "; -D" + Race.WITNESSES_PROPERTY
                    + " names another directory.";
        }
        return "Replay it with: " + replayLine(file);
    }

    private static Path directory() {
        return Path.of(System.getProperty(Race.WITNESSES_PROPERTY, DEFAULT_DIRECTORY));
    }

    private String fileName(MemoryModel model) {
        return race.id().replace('/', '_').replace('=', '-') + "_"
                + model.name().toLowerCase(Locale.ROOT) + ".json";
    }

    /** A built-in race goes by its id, and the command line can replay it too; of another one, only the test that built it knows the parts. */
    private String replayLine(Path file) {
        String replay = ".replay(Path.of(\"" + file + "\"))";
        return isBuiltIn()
                ? "Race.parse(\"" + race.id() + "\")" + replay + "\nor with: ./shootdown replay " + file
                : "race" + replay;
    }

    private boolean isBuiltIn() {
        try {
            Race parsed = Race.parse(race.id());
            return race.stated() == null ? parsed.equals(race) : parsed.id().equals(race.id());
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }
}
