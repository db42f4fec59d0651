package dev.shootdown.report.html;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Links from the page to other results, as far as those are there.
 *
 * @param results the directory of the results
 * @param directory where the page stands
 */
record ResultLinks(Path results, Path directory) {
    private record Known(String file, String text) {}

    private static final List<Known> KNOWN = List.of(
            new Known("summary.md", "Summary in Markdown"),
            new Known("verdicts.json", "Verdicts for programs"),
            new Known("jcstress/index.html", "jcstress’s own pages"),
            new Known("junit", "JUnit XML"),
            new Known("witnesses", "Witness files"),
            new Known("layout/image-layout.txt", "Layout of a machine’s image"),
            new Known("layout/jol.txt", "Layout of objects"),
            new Known("bench.json", "Benchmarks"));

    /** All that exists; what is written with the page stands beside it, the rest in the results. */
    List<Page.Link> all() {
        List<Page.Link> links = new ArrayList<>();
        for (Known known : KNOWN) {
            Path beside = directory.resolve(known.file());
            Path file = Files.exists(beside) ? beside : results.resolve(known.file());
            if (Files.exists(file)) {
                links.add(new Page.Link(href(file), known.text()));
            }
        }
        return links;
    }

    /** A link to a file that the document names. */
    String to(String file) {
        return href(results.resolve(file));
    }

    private String href(Path file) {
        Path relative = directory
                .toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize());
        return relative.toString().replace('\\', '/');
    }
}
