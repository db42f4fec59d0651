package dev.shootdown.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        return Pages.of(document, results, results);
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

    @Test
    void aCellSaysWhatComesToAnEndBeforeTheFree() {
        Page page = page();
        assertEquals("waited interrupt", cell(page, SamplePage.SAFE.id()).protection());
        assertEquals("nothing", cell(page, SamplePage.BROKEN.id()).protection());
        assertEquals("", cell(page, SamplePage.OTHER.id()).protection(), "nothing is freed");
        assertTrue(new HtmlReport(page).text().contains("<dt>before free</dt><dd>grace period</dd>"));
    }

    @Test
    void aCellShowsWhatItsStrategyCostsOverItsDispatcher() throws Exception {
        assertEquals(List.of(), cell(page(), SamplePage.BROKEN.id()).costs());
        Files.writeString(results.resolve("bench.json"), """
            {"costs": {
              "environment": {"cpu": "CPU", "cpus": 2, "jdk": "JDK", "os": "OS", "hostModel": "TSO"},
              "measured": "2025-06-01T12:00:00Z",
              "cells": [{"freeing": "REMOVE_PAGE", "shootdown": "SBI_RFENCE", "walkers": 1, "oversubscribed": false,
                "operations": 1000, "interrupts": 0.0, "machineModeFences": 2.0, "hartsWaitedFor": 0.25,
                "freerNanos": 1500.0, "untilFreedNanos": 2500.0, "walkNanos": 75.0, "idleWalkNanos": 50.0}]}}
            """);
        Page page = page();
        String text = "freer 1.5 µs, free after 2.5 µs; 0 interrupts, 2 M-mode fences, 0.25 harts waited for;"
                + " walks take 75 ns, × 1.5";
        assertEquals(
                List.of(new Page.Fact("cost, 1 walker", text)),
                cell(page, SamplePage.BROKEN.id()).costs());
        assertEquals(List.of(), cell(page, SamplePage.SAFE.id()).costs(), "not measured");
        assertEquals(List.of(), cell(page, SamplePage.WRONG.id()).costs(), "another walker");
        assertTrue(page.facts().stream()
                .anyMatch(fact -> fact.name().equals("Costs measured")
                        && fact.text().startsWith("2025-06-01T12:00:00Z on CPU, 2 CPUs, JDK")));
        assertTrue(new HtmlReport(page).text().contains("<span class=\"quiet\">cost, 1 walker</span> " + text));
    }

    private static Page.Cell cell(Page page, String race) {
        return cells(page).stream()
                .filter(each -> each.race().equals(race))
                .findFirst()
                .orElseThrow();
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
        String text =
                HtmlReport.of(SamplePage.document(results), results, results).text();
        String xml = text.replace("<!DOCTYPE html>", "").strip();
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        assertFalse(EXTERNAL.matcher(text).find());
        assertFalse(text.contains(SamplePage.HOSTILE));
        assertTrue(text.contains("&lt;script&gt;alert("));
    }

    @Test
    void aWitnessThatCannotBeReadHasNoPictureAndALinkAndTheReason() throws Exception {
        VerdictsDocument document = SamplePage.document(results);
        Files.writeString(results.resolve("witnesses/broken.json"), "{");
        Page page = Pages.of(document, results, results);
        String why = "is cut short: the JSON in it does not end";
        assertEquals(List.of(), page.scenes());
        assertEquals(List.of(new Undrawn(SamplePage.BROKEN.id(), "witnesses/broken.json", why)), page.undrawn());
        assertTrue(
                page.story().absent().contains("witnesses/broken.json " + why),
                page.story().absent());
        String text = new HtmlReport(page).text();
        assertTrue(text.contains("<a href=\"witnesses/broken.json\""));
        assertTrue(text.contains("<dt><code>witnesses/broken.json</code></dt><dd>" + why));
    }

    @Test
    void aWitnessOfAnotherVersionSaysWhereItDiffers() throws Exception {
        VerdictsDocument document = SamplePage.document(results);
        Path witness = results.resolve("witnesses/broken.json");
        Files.writeString(witness, Files.readString(witness).replaceFirst("= 0x[0-9a-f]+\"", "= 0x777\""));
        Undrawn undrawn = Pages.of(document, results, results).undrawn().getFirst();
        assertTrue(
                undrawn.why().startsWith("cannot be run again: the replay of " + SamplePage.BROKEN.id()),
                undrawn.why());
        assertTrue(undrawn.isUnusable());
        assertFalse(new Undrawn("fast-gup/munmap/sbi-rfence/own-strategy/sv39", "x.json", "x").isUnusable());
    }

    @Test
    void aPageElsewhereLinksBackToTheResults() {
        Path interrupted = results.resolve("interrupted");
        String text = HtmlReport.of(SamplePage.document(results), results, interrupted)
                .text();
        assertTrue(text.contains("\"../witnesses/broken.json\""));
    }

    @Test
    void theStoryShowsTheBrokenRaceBesideItsTwoRepairs() {
        Page.Story story = page().story();
        assertEquals("", story.absent());
        assertEquals(
                List.of("story-sbi", "story-ipi", "story-rcu"),
                story.panels().stream().map(Page.Panel::id).toList());
        assertEquals(
                Status.UNSAFE,
                Objects.requireNonNull(story.panels().getFirst().cell()).status());
        for (Page.Panel repaired : story.panels().subList(1, 3)) {
            assertTrue(repaired.sentence().contains("waits for hart 0 (interrupts off)"), repaired.sentence());
            assertTrue(repaired.lanes().areas().stream()
                    .anyMatch(area -> area.css().equals("wait")));
        }
    }

    @Test
    void everyAnchorIsThereOnce() {
        String text =
                HtmlReport.of(SamplePage.document(results), results, results).text();
        List<String> ids = all("\\bid=\"([^\"]*)\"", text);
        assertEquals(ids.stream().distinct().toList(), ids);
        List<String> wanted = new ArrayList<>(all("href=\"#([^\"]*)\"", text));
        wanted.addAll(all("url\\(#([^)]*)\\)", text));
        wanted.removeAll(ids);
        assertEquals(List.of(), wanted);
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void aRunThatOnlyStressedSaysSo() {
        VerdictsDocument document = SamplePage.stressed(Map.of("freerNanos.1023", 10L));
        Page page = Pages.of(document, results, results);
        assertEquals(List.of(), page.scenes());
        assertTrue(page.story().absent().contains(SamplePage.BROKEN.id()));
        assertTrue(page.notRun().contains(new Page.Fact("Exploration", "it did not take part in this run")));
        Page.Cell cell = cells(page).getFirst();
        assertEquals(Status.UNSAFE, cell.status());
        assertEquals("stress", cell.engines());
        List<Page.Fact> numbers = Objects.requireNonNull(cell.stressed()).numbers();
        assertTrue(numbers.contains(new Page.Fact("hits/s", "90 K")));
        assertTrue(numbers.contains(new Page.Fact("freer takes", "1.0 µs, 99% within 1.0 µs")));
        assertTrue(HtmlReport.of(document, results, results).text().contains("90 K"));
    }

    @Test
    void whatWasNotMeasuredHasNoNumber() {
        Page.Cell cell =
                cells(Pages.of(SamplePage.stressed(Map.of()), results, results)).getFirst();
        assertTrue(Objects.requireNonNull(cell.stressed())
                .numbers()
                .contains(new Page.Fact("freer takes", "not measured")));
    }

    @Test
    void whatAGateDoubtsIsNotShown() {
        FindingEntry doubt = new FindingEntry("Sample_01", null, null, 1, "Too few samples.");
        Page.Cell cell = cells(Pages.of(SamplePage.stressed(Map.of(), doubt), results, results))
                .getFirst();
        assertEquals(Status.NOT_SHOWN, cell.status());
        assertEquals(List.of("Too few samples."), cell.findings());
    }

    @Test
    void enginesThatContradictEachOtherDisagree() {
        assertEquals(Status.DISAGREES, contradicting("READ_FREED_TABLE").status());
        assertEquals(Status.NOT_SHOWN, contradicting("READ_FREED_TABLE,RETRY").status());
        assertEquals(
                List.of("One of the engines is wrong."), contradicting("RETRY").findings());
    }

    private Page.Cell contradicting(String outcomes) {
        return cells(Pages.of(SamplePage.contradicting(outcomes), results, results))
                .getFirst();
    }

    @Test
    void whatRanInPartIsNotRun() {
        Page page = Pages.of(SamplePage.stressedInPart(), results, results);
        Page.Fact part = new Page.Fact(SamplePage.TEST, "ran in part: 2 of 3 forks came to the end");
        assertEquals(Status.NOT_RUN, cells(page).getFirst().status());
        assertTrue(page.notRun().contains(part), page.notRun().toString());
    }

    @Test
    void jcstressPagesAreLinkedOnlyIfTheyAreOfThisRun() throws Exception {
        Files.createDirectories(results.resolve("jcstress"));
        Files.writeString(results.resolve("jcstress/index.html"), "");
        Files.writeString(results.resolve("jcstress/" + SamplePage.TEST + ".html"), "");
        assertTrue(jcstress(Pages.of(SamplePage.document(results), results, results))
                .links()
                .isEmpty());
        Page stressed = Pages.of(SamplePage.stressed(Map.of()), results, results);
        assertEquals(
                "jcstress/index.html", jcstress(stressed).links().getFirst().href());
        assertEquals(
                "jcstress/" + SamplePage.TEST + ".html",
                Objects.requireNonNull(cells(stressed).getFirst().stressed()).href());
    }

    private static Page.File jcstress(Page page) {
        return page.files().stream()
                .filter(file -> file.name().startsWith("jcstress"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFileThatIsNotThereIsNamedWithTheReason() {
        Page.File bench = page().files().getLast();
        assertEquals(new Page.File("Benchmarks", List.of(), "not there: mvn verify -Pbench runs them"), bench);
    }
}
