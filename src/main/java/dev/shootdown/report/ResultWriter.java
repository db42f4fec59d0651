package dev.shootdown.report;

import dev.shootdown.report.html.HtmlReport;
import dev.shootdown.report.html.Undrawn;
import java.io.IOException;
import java.util.List;

/** Writes results, each file in one piece. */
public final class ResultWriter {
    private ResultWriter() {}

    /**
     * Writes or replaces a document, and all that people and build servers read of it.
     *
     * @param document what a run found
     * @param to where; missing directories are made
     * @return the failing executions of which the page has no picture
     * @throws IOException if a file cannot be written; it names the file
     */
    public static List<Undrawn> write(VerdictsDocument document, ResultPaths to) throws IOException {
        writeData(document, to);
        return writePages(document, to);
    }

    /**
     * Writes or replaces what can be made of a document again: everything but itself.
     *
     * @param document what a run found
     * @param to where; missing directories are made
     * @return the failing executions of which the page has no picture
     * @throws IOException if a file cannot be written; it names the file
     */
    public static List<Undrawn> writeAgain(VerdictsDocument document, ResultPaths to) throws IOException {
        writeSuites(document, to);
        return writePages(document, to);
    }

    /**
     * Writes or replaces what people read of a document.
     *
     * @param document what a run found
     * @param to where; missing directories are made
     * @return the failing executions of which the page has no picture
     * @throws IOException if a file cannot be written; it names the file
     */
    public static List<Undrawn> writePages(VerdictsDocument document, ResultPaths to) throws IOException {
        ResultFiles.write(to.summary(), SummaryMarkdown.text(document));
        HtmlReport report = HtmlReport.of(document, to.run(), to.root());
        ResultFiles.write(to.page(), report.text());
        return report.page().undrawn();
    }

    /** Writes or replaces what is for programs. What people read comes after everything that it links to. */
    static void writeData(VerdictsDocument document, ResultPaths to) throws IOException {
        ResultFiles.write(to.verdicts(), VerdictsJson.text(document));
        writeSuites(document, to);
    }

    private static void writeSuites(VerdictsDocument document, ResultPaths to) throws IOException {
        ResultFiles.writeAll(to.junit(), JUnitXml.files(document), ".xml");
    }
}
