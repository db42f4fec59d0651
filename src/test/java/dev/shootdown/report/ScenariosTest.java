package dev.shootdown.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.report.VerdictsDocument.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The museum in results. */
class ScenariosTest {
    private static VerdictsDocument document() {
        return VerdictsJson.document(Reports.of(Optional.of(Reports.good()), Optional.empty(), List.of()));
    }

    private static Scenario shown(VerdictsDocument document) {
        List<Scenario> scenarios = document.scenarios();
        assertNotNull(scenarios);
        return scenarios.getFirst();
    }

    @Test
    void scenariosAreShownOfWhichARaceWasRun() {
        Scenario scenario = shown(document());
        assertEquals(2, scenario.number());
        assertEquals(
                List.of("WALKER", "FREER"),
                scenario.actors().stream().map(VerdictsDocument.Actor::role).toList());
        assertEquals("BROKEN", scenario.exhibits().getFirst().form());
        assertEquals(Reports.BROKEN.id(), scenario.exhibits().getFirst().race());
    }

    @Test
    void otherRacesShowOtherScenarios() {
        assertNull(document().withRaces(List.of()).scenarios());
    }

    @Test
    void aFileKeepsThem(@TempDir Path directory) throws Exception {
        VerdictsDocument document = document();
        Path file = Files.writeString(directory.resolve("verdicts.json"), VerdictsJson.text(document));
        assertEquals(document, VerdictsFile.read(file));
    }

    @Test
    void theSummaryHasARowForEachExhibit() {
        VerdictsDocument document = document();
        List<List<String>> rows = ScenarioTable.rows(document);
        assertEquals(
                document.scenarios().stream()
                        .mapToInt(each -> each.exhibits().size())
                        .sum(),
                rows.size());
        rows.forEach(row -> assertEquals(ScenarioTable.header(document).size(), row.size()));
        assertTrue(rows.getFirst().contains("as expected"), rows::toString);
        assertTrue(rows.get(1).contains("not run"), rows::toString);
        String summary = SummaryMarkdown.text(document);
        assertTrue(summary.contains("## Museum"));
        assertTrue(summary.contains("walker: a thread in fast GUP; freer: "), summary);
    }
}
