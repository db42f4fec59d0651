package dev.shootdown.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.report.VerdictsDocument;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final Pattern EXTERNAL = Pattern.compile("(?:src|href|url)\\s*[=(]\\s*[\"']?(?:https?:|//)");

    @TempDir
    Path results;

    private Page page() {
        VerdictsDocument document = SamplePage.document(results);
        return Pages.of(document, Scenes.of(document, results), new ResultLinks(results, results));
    }

    private static List<Page.Cell> cells(Page page) {
        Stream<Page.Cell> inMatrix = page.matrices().stream()
                .flatMap(matrix -> matrix.rows().stream())
                .flatMap(row -> row.slots().stream())
                .flatMap(slot -> Stream.ofNullable(slot.cell()));
        Stream<Page.Cell> beside = page.groups().stream().flatMap(group -> group.cells().stream());
        return Stream.concat(inMatrix, beside).toList();
    }

    @Test
    void everyRaceHasOneCellWithItsStatus() {
        List<Page.Cell> cells = cells(page());
        assertEquals(5, cells.size());
        assertEquals(Status.SAFE, status(cells, SamplePage.SAFE.id()));
        assertEquals(Status.UNSAFE, status(cells, SamplePage.BROKEN.id()));
        assertEquals(Status.DISAGREES, status(cells, SamplePage.WRONG.id()));
        assertEquals(Status.NOT_RUN, status(cells, SamplePage.NOT_RUN.id()));
        assertEquals(Status.SAFE, status(cells, SamplePage.OTHER.id()));
    }

    private static Status status(List<Page.Cell> cells, String race) {
        return cells.stream()
                .filter(cell -> cell.race().equals(race))
                .findFirst()
                .orElseThrow()
                .status();
    }

    @Test
    void aWitnessIsDrawnWithTheOffendingReadAndTheWaitOfTheRepair() {
        Scene scene = page().scenes().getFirst();
        assertEquals(List.of(SamplePage.BROKEN.id()), scene.races());
        assertEquals(
                1,
                scene.broken().dots().stream()
                        .filter(dot -> dot.css().equals("bad"))
                        .count());
        assertEquals(
                1,
                scene.broken().arrows().stream()
                        .filter(arrow -> arrow.css().equals("offence"))
                        .count());
        SwimLanes repaired = Stream.ofNullable(scene.repaired()).findFirst().orElseThrow();
        assertTrue(repaired.areas().stream().anyMatch(area -> area.css().equals("wait")));
        assertTrue(
                scene.tables().boxes().stream().anyMatch(box -> box.condition().equals("freed")));
        assertTrue(scene.tables().links().stream().anyMatch(link -> link.css().equals("cut")));
    }

    @Test
    void thePageIsWellFormedEscapedAndNeedsNothingElse() throws Exception {
        String text = HtmlReport.text(SamplePage.document(results), results, results);
        String xml = text.replace("<!DOCTYPE html>", "").strip();
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        assertFalse(EXTERNAL.matcher(text).find());
        assertFalse(text.contains(SamplePage.HOSTILE));
        assertTrue(text.contains("&lt;script&gt;alert("));
    }

    @Test
    void aWitnessThatCannotBeReadHasNoPictureAndALink() throws Exception {
        VerdictsDocument document = SamplePage.document(results);
        Files.writeString(results.resolve("witnesses/broken.json"), "{");
        assertTrue(Scenes.of(document, results).isEmpty());
        assertTrue(HtmlReport.text(document, results, results).contains("witnesses/broken.json"));
    }

    @Test
    void aPageElsewhereLinksBackToTheResults() {
        Path interrupted = results.resolve("interrupted");
        String text = HtmlReport.text(SamplePage.document(results), results, interrupted);
        assertTrue(text.contains("\"../witnesses/broken.json\""));
    }
}
