package dev.shootdown.report.html;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Explorer;
import dev.shootdown.explore.Replayer;
import dev.shootdown.explore.Witness;
import dev.shootdown.explore.WitnessFile;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceDescription;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.stress.GateLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A small run: safe, unsafe, in disagreement and not run, in the matrix and beside it; with one real witness. */
final class SamplePage {
    static final Race SAFE = Race.of(Walkers.FAST_GUP);
    static final Race BROKEN = SAFE.shootdown(Shootdowns.SBI_RFENCE);
    static final Race WRONG = Race.of(Walkers.RCU_WALK);
    static final Race NOT_RUN = WRONG.freeing(Freeings.REMOVE_TABLE);
    static final Race OTHER = SAFE.against(Mutators.POPULATE);
    static final String HOSTILE = "<script>alert('&')</script>";

    private SamplePage() {}

    static VerdictsDocument document(Path results) {
        return new VerdictsDocument(
                VerdictsDocument.SCHEMA,
                new VerdictsDocument.Environment(HOSTILE, 2, "JDK", "OS", MemoryModel.TSO),
                "smoke",
                GateLimits.STANDARD,
                false,
                "COMPLETE",
                null,
                List.of(
                        race(SAFE, "SAFE", null),
                        race(BROKEN, "UNSAFE", witness(results)),
                        race(WRONG, "SAFE", null),
                        race(NOT_RUN, "NOT_RUN", null),
                        race(OTHER, "SAFE", null)),
                List.of(new VerdictsDocument.FindingEntry(null, null, null, 1, HOSTILE)));
    }

    private static VerdictsDocument.Race race(Race race, String verdict, @Nullable String witness) {
        RaceDescription told = race.describe();
        Verdict expected = told.expected();
        VerdictsDocument.Explored explored =
                new VerdictsDocument.Explored(MemoryModel.SC, expected, verdict, 20, 0, 1, List.of(), null, witness);
        return new VerdictsDocument.Race(
                told.id(),
                told.walker(),
                told.mutator(),
                told.shootdown(),
                told.freeing(),
                told.satp(),
                told.conditions(),
                expected,
                told.failsFrom(),
                told.reason(),
                told.source(),
                List.of(explored),
                null);
    }

    private static String witness(Path results) {
        Optional<Witness> witness = new Explorer(Bounds.DEFAULT)
                .explore(BROKEN, MemoryModel.SC)
                .witness()
                .map(schedule -> Witness.of(BROKEN, Replayer.replay(BROKEN, MemoryModel.SC, schedule)));
        WitnessFile.write(results.resolve("witnesses/broken.json"), witness.orElseThrow());
        return "witnesses/broken.json";
    }
}
