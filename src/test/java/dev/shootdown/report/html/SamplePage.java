package dev.shootdown.report.html;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Explorer;
import dev.shootdown.explore.Replayer;
import dev.shootdown.explore.Witness;
import dev.shootdown.explore.WitnessFile;
import dev.shootdown.race.Catalogue;
import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import dev.shootdown.report.SavedWitnesses;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.GateLimits;
import dev.shootdown.stress.StressExpectation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A small run: safe, unsafe, in disagreement and not run, in the matrix and beside it; with one real witness. */
final class SamplePage {
    static final Race SAFE = Race.of(Walkers.FAST_GUP);
    static final Race BROKEN = SAFE.shootdown(Shootdowns.SBI_RFENCE);
    static final Race WRONG = Race.of(Walkers.RCU_WALK);
    static final Race NOT_RUN = WRONG.freeing(Freeings.REMOVE_TABLE);
    static final Race OTHER = SAFE.against(Mutators.POPULATE);
    static final String TEST = "dev.shootdown.sample.Sample_01";
    static final String HOSTILE = "<script>alert('&')</script>";

    private SamplePage() {}

    static VerdictsDocument document(Path results) {
        return document(
                List.of(
                        race(SAFE, "SAFE", null),
                        race(BROKEN, "UNSAFE", witness(results)),
                        race(WRONG, "SAFE", null),
                        race(NOT_RUN, "NOT_RUN", null),
                        race(OTHER, "SAFE", null)),
                List.of(new FindingEntry(null, null, null, 1, HOSTILE)));
    }

    /** A run of some races of the catalogue that fail under SC, each with its witness. */
    static VerdictsDocument failing(Path results, int races) {
        return document(
                Catalogue.all().stream()
                        .filter(race -> race.describe().failsFrom() == FailsFrom.SC)
                        .limit(races)
                        .map(race -> failing(race, results))
                        .toList(),
                List.of());
    }

    private static VerdictsDocument.Race failing(Race race, Path results) {
        String file = "witnesses/" + SavedWitnesses.nameOf(race.id(), MemoryModel.SC) + ".json";
        return race(race, "UNSAFE", witness(race, results.resolve(file)));
    }

    /** A run in which only the broken race was stressed, and nothing explored. */
    static VerdictsDocument stressed(Map<String, Long> statistics, FindingEntry... findings) {
        return document(List.of(race(BROKEN, List.of(), stressed(statistics, 3))), List.of(findings));
    }

    /** A run in which stress showed READ_FREED_TABLE and RETRY, exploration these outcomes, and a gate minds. */
    static VerdictsDocument contradicting(String... outcomes) {
        FindingEntry finding = new FindingEntry("Sample_01", null, null, 1, "One of the engines is wrong.");
        return document(
                List.of(race(BROKEN, List.of(failing(List.of(outcomes))), stressed(Map.of(), 3))), List.of(finding));
    }

    /** A run in which the broken race failed under both engines. */
    static VerdictsDocument underBothEngines(Map<String, Long> statistics) {
        List<Explored> explored = List.of(failing(List.of("READ_FREED_TABLE", "RETRY")));
        return document(List.of(race(BROKEN, explored, stressed(statistics, 3))), List.of());
    }

    private static Explored failing(List<String> outcomes) {
        return new Explored(MemoryModel.TSO, Verdict.UNSAFE, "UNSAFE", 20, 0, 1, outcomes, null, null, null);
    }

    /** A run in which only the broken race was stressed, and one of three forks did not come to its end. */
    static VerdictsDocument stressedInPart() {
        return document(List.of(race(BROKEN, List.of(), stressed(Map.of(), 2))), List.of());
    }

    private static VerdictsDocument document(List<VerdictsDocument.Race> races, List<FindingEntry> findings) {
        return new VerdictsDocument(
                VerdictsDocument.SCHEMA,
                new VerdictsDocument.Environment(HOSTILE, 2, "JDK", "OS", MemoryModel.TSO),
                "smoke",
                GateLimits.STANDARD,
                null,
                null,
                false,
                "COMPLETE",
                null,
                races,
                findings,
                null,
                null);
    }

    private static VerdictsDocument.Race race(Race race, String verdict, @Nullable String witness) {
        Verdict expected = race.describe().expected();
        Explored explored = new Explored(MemoryModel.SC, expected, verdict, 20, 0, 1, List.of(), null, witness, null);
        return race(race, List.of(explored), null);
    }

    private static VerdictsDocument.Race race(Race race, List<Explored> explored, @Nullable Stressed stressed) {
        return VerdictsDocument.Race.of(race.describe(), explored, stressed);
    }

    private static Stressed stressed(Map<String, Long> statistics, int forks) {
        return new Stressed(
                TEST,
                StressExpectation.UNSAFE,
                StressVerdict.UNSAFE,
                200_000,
                90_000,
                500,
                100_000,
                200_000,
                0,
                1_000,
                forks,
                3,
                7,
                8,
                90_000.0,
                false,
                null,
                null,
                null,
                0.9,
                null,
                Map.of("READ_FREED_TABLE", 90_000L, "RETRY", 3L, "UNMET", 1L),
                statistics,
                List.of(),
                null);
    }

    private static String witness(Path results) {
        return witness(BROKEN, results.resolve("witnesses/broken.json"));
    }

    private static String witness(Race race, Path file) {
        Optional<Witness> witness = new Explorer(Bounds.DEFAULT)
                .explore(race, MemoryModel.SC)
                .witness()
                .map(schedule -> Witness.of(race, Replayer.replay(race, MemoryModel.SC, schedule)));
        WitnessFile.write(file, witness.orElseThrow());
        return "witnesses/" + file.getFileName();
    }
}
