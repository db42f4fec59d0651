package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.race.Catalogue;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Stressed;
import dev.shootdown.race.StressingEngine;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.RaceStresser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Races stressed in this VM, each for a batch of samples, which shows some failures and no silence that counts. */
class CellStageTest {
    private static final Duration TINY = Duration.ofMillis(1);
    private static final Race BROKEN = Race.of(Walkers.FAST_GUP).freeing(Freeings.FREE_BEFORE_FLUSH);
    private static final Race SAFE = BROKEN.freeing(Freeings.REMOVE_TABLE);
    private static final Race FURTHER =
            SAFE.shootdown(Shootdowns.SBI_RFENCE).freeing(Freeings.STATIC_KEY).satp(SatpMode.SV48);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final List<Duration> durations = new ArrayList<>();

    private CellRun run(StressingEngine engine, Race... races) {
        StressingEngine noting = (race, duration) -> {
            durations.add(duration);
            return engine.stress(race, duration);
        };
        return new CellStage(List.of(races), TINY, noting, out, InstantSource.system()).run();
    }

    /** Shows whatever a race shows, as soon as it shows it. */
    private static Stressed until(Race race, StressVerdict wanted) {
        Stressed seen = race.stress(TINY);
        for (int millis = 20; seen.verdict() != wanted && millis < 10_000; millis *= 2) {
            seen = race.stress(Duration.ofMillis(millis));
        }
        return seen;
    }

    private static CellRun runOf(Stressed... seen) {
        List<Stressed> all = List.of(seen);
        return new CellRun(all.stream().map(Stressed::race).toList(), all, List.of());
    }

    private static List<Finding> judge(CellRun run, Race... others) {
        return new CellGate(run, List.of(others), MemoryModel.TSO).judge();
    }

    @Test
    void aRaceThatShowedNothingGetsLonger() {
        run((race, duration) -> race.stress(TINY), SAFE);
        List<Duration> longer =
                IntStream.of(1, 4, 16, 64, 256).mapToObj(TINY::multipliedBy).toList();
        assertEquals(longer, durations);
    }

    @Test
    void aFailureIsNeverTriedAgain() {
        Stressed failed = until(BROKEN, StressVerdict.UNSAFE);
        CellRun run = run((race, duration) -> failed, BROKEN);
        assertEquals(List.of(TINY), durations);
        assertEquals(List.of(failed), run.seen());
        assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("Stressing 1 race of the catalogue in this VM"));
    }

    @Test
    void aRaceThatBreaksTakesNoOtherWithIt() {
        StressingEngine engine = (race, duration) -> {
            if (race.equals(BROKEN)) {
                throw new IllegalStateException("It got stuck: here\nand there");
            }
            return new RaceStresser().stress(race, duration);
        };
        CellRun run = run(engine, BROKEN, SAFE);
        assertEquals(1, run.seen().size());
        assertEquals(List.of(Finding.ofTest(BROKEN.id(), ExitCode.BROKEN, "It got stuck: here.")), run.findings());
        assertTrue(judge(run, BROKEN).containsAll(run.findings()));
    }

    @Test
    void aRaceWithoutAResultIsMissed() {
        List<Finding> findings = judge(new CellRun(List.of(SAFE), List.of(), List.of()));
        assertEquals(ExitCode.BROKEN, findings.getFirst().severity());
        assertTrue(findings.getFirst().sentence().endsWith("there is no trace of it in the results."));
    }

    @Test
    void silenceCountsBesideARaceMuchLikeItThatFails() {
        Stressed silent = until(SAFE, StressVerdict.NOT_OBSERVED);
        Stressed failed = until(BROKEN, StressVerdict.UNSAFE);
        CellRun both = runOf(failed, silent);
        String race = SAFE.id() + " (expected SAFE) has no teeth: no race much like it was seen to fail in this run.";
        assertAll(
                () -> assertEquals(List.of(), judge(both)),
                () -> assertEquals(
                        Optional.of(BROKEN.id()), new CellGate(both, List.of(), MemoryModel.TSO).twinOf(SAFE)),
                () -> assertEquals(List.of(), judge(runOf(silent), BROKEN)),
                () -> assertEquals(
                        List.of(Finding.ofTest(SAFE.id(), ExitCode.NOT_AS_EXPECTED, race)), judge(runOf(silent))),
                () -> assertEquals(
                        Optional.empty(),
                        new CellGate(both, List.of(), MemoryModel.TSO).twinOf(FURTHER),
                        "three things are different"));
    }

    @Test
    void everySafeRaceOfTheCatalogueHasATwin() {
        List<Race> races =
                Catalogue.all().stream().filter(race -> race.actors() == 2).toList();
        List<Race> unsafe = races.stream()
                .filter(race -> race.describe().failsFrom().failsUnder(MemoryModel.TSO))
                .toList();
        CellGate gate = new CellGate(runOf(), unsafe, MemoryModel.TSO);
        for (Race race : races) {
            boolean safe = race.describe().expected() == Verdict.SAFE;
            assertTrue(!safe || gate.twinOf(race).isPresent(), race::id);
        }
    }

    @Test
    void whatMustNotBeSeenIsAFinding() {
        Race wrong = BROKEN.expecting(Expectation.safe("nobody looks", "me"));
        List<Finding> findings = judge(runOf(until(wrong, StressVerdict.UNSAFE)), BROKEN);
        assertEquals(ExitCode.NOT_AS_EXPECTED, findings.getFirst().severity());
        assertTrue(findings.getFirst().sentence().contains("showed the forbidden outcome"));
    }

    @Test
    void thatNothingWasShownIsAFinding() {
        List<Finding> findings = judge(runOf(SAFE.stress(TINY)), BROKEN);
        assertEquals(ExitCode.NOT_AS_EXPECTED, findings.getFirst().severity());
    }

    @Test
    void thatNothingWasShownIsANoteWhereThereIsAReason() {
        Race silent = Race.of(Walkers.FAST_GUP).against(Mutators.POPULATE);
        List<Finding> findings = judge(
                runOf(silent.stress(TINY)),
                silent.where(each -> each.withPublishOrder(PublishOrder.PUBLISH_THEN_ZERO)));
        assertEquals(1, findings.size());
        assertEquals(ExitCode.AS_EXPECTED, findings.getFirst().severity());
        assertTrue(findings.getFirst().sentence().contains("That is no surprise: publishing takes a few stores"));
    }

    /** Most of the catalogue must be shown; what is excused is either broken, or the mutator that frees nothing. */
    @Test
    void fewRacesHaveAReason() {
        List<Race> excused = Catalogue.all().stream()
                .filter(race -> HardToShow.reason(race).isPresent())
                .toList();
        assertTrue(excused.size() < Catalogue.all().size() / 100, () -> excused.size() + " are excused");
        for (Race race : excused) {
            boolean broken = race.describe().expected() == Verdict.UNSAFE;
            assertTrue(broken || race.mutator() == Mutators.POPULATE, race::id);
        }
    }

    @Test
    void theResultsMarkByWhatARaceWasStressed() {
        Stressed failed = until(BROKEN, StressVerdict.UNSAFE);
        Stressed silent = until(SAFE, StressVerdict.NOT_OBSERVED);
        RunReport good = Reports.of(List.of(), List.of());
        RunReport report = new RunReport(
                good.environment(),
                good.profile(),
                good.started(),
                good.elapsed(),
                good.completeness(),
                good.explored(),
                good.stressed(),
                Optional.of(runOf(failed, silent)),
                List.of());
        VerdictsDocument document = VerdictsJson.document(report);
        Map<String, String> suites = JUnitXml.files(document);
        VerdictsDocument.Race safe = document.races().getLast();
        assertAll(
                () -> assertTrue(safe.wasStressedInProcess()),
                () -> assertEquals(
                        BROKEN.id(),
                        Optional.ofNullable(safe.stressed()).orElseThrow().twin()),
                () -> assertTrue(SummaryMarkdown.text(document).contains("under their own ids: 2 races.")),
                () -> assertTrue(SummaryMarkdown.text(document).contains("not run, stressed here |")),
                () -> assertTrue(suites.get("TEST-stress.xml").contains("tests=\"2\"")));
    }
}
