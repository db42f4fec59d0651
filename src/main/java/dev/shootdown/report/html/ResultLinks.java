package dev.shootdown.report.html;

import dev.shootdown.report.Costs;
import dev.shootdown.report.VerdictsDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Links from the page to other results, as far as those are there; where they are not, why.
 *
 * @param document the run
 * @param results the directory of the results
 * @param directory where the page stands
 */
record ResultLinks(VerdictsDocument document, Path results, Path directory) {
    private static final String JCSTRESS = "jcstress";

    List<Page.File> all() {
        return List.of(
                one("Summary", "summary.md", "was not written"),
                one("Verdicts for programs", "verdicts.json", "were not written"),
                junit(),
                jcstress(),
                one("Failing executions", "witnesses", "none was found by exploration"),
                one("Layout of a machine’s image", "layout/image-layout.txt", "the unit tests print it: mvn test"),
                one("Layout of objects", "layout/jol.txt", "the unit tests print it: mvn test"),
                one("Benchmarks", Costs.FILE, "mvn verify -Pbench runs them"));
    }

    private Page.File one(String name, String file, String otherwise) {
        return existing(file)
                .map(path -> new Page.File(name, List.of(new Page.Link(href(path), file)), ""))
                .orElseGet(() -> new Page.File(name, List.of(), "not there: " + otherwise));
    }

    /** What is written with the page stands beside it, the rest in the results. */
    private Optional<Path> existing(String file) {
        return Stream.of(directory, results)
                .map(each -> each.resolve(file))
                .filter(Files::exists)
                .findFirst();
    }

    private Page.File junit() {
        List<Page.Link> links = existing("junit").map(this::suites).orElse(List.of());
        return new Page.File("JUnit XML", links, links.isEmpty() ? "not there: was not written" : "");
    }

    private List<Page.Link> suites(Path junit) {
        try (Stream<Path> files = Files.list(junit)) {
            return files.filter(each -> each.toString().endsWith(".xml"))
                    .sorted()
                    .map(each ->
                            new Page.Link(href(each), suite(each.getFileName().toString())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String suite(String file) {
        return file.replaceAll("^TEST-|\\.xml$", "");
    }

    private Page.File jcstress() {
        String name = "jcstress’s own pages";
        if (!isStressOver()) {
            return new Page.File(name, List.of(), "not there: they are written when a stress run is over");
        }
        return one(name, JCSTRESS + "/index.html", "were not written");
    }

    /** Otherwise the pages that stand there are those of an earlier run. */
    private boolean isStressOver() {
        return document.completeness().equals("COMPLETE")
                && document.races().stream().anyMatch(Standing::wasStressed);
    }

    /** jcstress's page of a test. */
    Optional<String> jcstress(String test) {
        return isStressOver() ? existing(JCSTRESS + "/" + test + ".html").map(this::href) : Optional.empty();
    }

    /** A link to a file that the document names, if it is there. */
    Optional<String> to(@Nullable String file) {
        return Optional.ofNullable(file)
                .map(results::resolve)
                .filter(Files::exists)
                .map(this::href);
    }

    private String href(Path file) {
        Path relative = directory
                .toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize());
        return relative.toString().replace('\\', '/');
    }
}
