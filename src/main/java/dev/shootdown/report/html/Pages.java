package dev.shootdown.report.html;

import dev.shootdown.report.Costs;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import dev.shootdown.stress.Numbers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Makes the page of a document. */
final class Pages {
    private final VerdictsDocument document;
    private final Standing standing;

    private Pages(VerdictsDocument document) {
        this.document = document;
        this.standing = new Standing(document);
    }

    /**
     * The page of a run.
     *
     * @param results the directory of its results
     * @param directory where the page will stand
     */
    static Page of(VerdictsDocument document, Path results, Path directory) {
        return new Pages(document).page(results, directory);
    }

    private Page page(Path results, Path directory) {
        ResultLinks links = new ResultLinks(document, results, directory);
        Scenes scenes = Scenes.of(document, results, links);
        CostFacts costs = new CostFacts(Costs.read(results.resolve(Costs.FILE)));
        Cells cells = new Cells(standing, scenes.drawn(), links, costs);
        RunFacts run = new RunFacts(document);
        return new Page(
                "Shootdown: who may free a page table?",
                verdict(),
                problems() == 0 && document.completeness().equals("COMPLETE") ? "good" : "bad",
                counts(),
                Stories.of(document, results, cells),
                Stream.concat(run.done().stream(), costs.source().stream()).toList(),
                new Matrices(cells).of(document.races()),
                new Groups(cells).of(document.races()),
                scenes.drawn(),
                scenes.undrawn(),
                run.notDone(),
                document.findings().stream().map(Pages::finding).toList(),
                run.caveats(),
                links.all(),
                walkers());
    }

    private long problems() {
        return document.findings().stream().filter(each -> each.exitCode() != 0).count();
    }

    private String verdict() {
        String result = problems() == 0 ? "is as expected" : "has " + Numbers.counted(problems(), "finding");
        return switch (document.completeness()) {
            case "COMPLETE" -> "This run " + result + ".";
            case "EXPLORED" -> "The stress run is not over. What was explored " + result + ".";
            default -> "Interrupted. What follows had been seen by then; it is no verdict.";
        };
    }

    private List<Page.Count> counts() {
        List<Status> all = document.races().stream().map(standing::of).toList();
        return Arrays.stream(Status.values())
                .map(status -> new Page.Count(status.css(), status.symbol(), status.word(), (int)
                        all.stream().filter(each -> each == status).count()))
                .toList();
    }

    private static String finding(FindingEntry finding) {
        return (finding.exitCode() == 0 ? "Note: " : "") + finding.sentence();
    }

    private List<String> walkers() {
        return document.races().stream()
                .map(race -> Words.dashed(race.walker()))
                .distinct()
                .toList();
    }
}
