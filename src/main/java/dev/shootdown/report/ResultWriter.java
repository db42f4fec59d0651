package dev.shootdown.report;

import dev.shootdown.report.html.HtmlReport;
import java.io.IOException;

/** Writes results, each file in one piece. */
public final class ResultWriter {
    private ResultWriter() {}

    /**
     * Writes or replaces a document, and all that people and build servers read of it.
     *
     * @param document what a run found
     * @param to where; missing directories are made
     * @throws IOException if a file cannot be written; it names the file
     */
    public static void write(VerdictsDocument document, ResultPaths to) throws IOException {
        writeData(document, to);
        writePages(document, to);
    }

    /**
     * Writes or replaces what can be made of a document again: everything but itself.
     *
     * @param document what a run found
     * @param to where; missing directories are made
     * @throws IOException if a file cannot be written; it names the file
     */
    public static void writeAgain(VerdictsDocument document, ResultPaths to) throws IOException {
        writeSuites(document, to);
        writePages(document, to);
    }

    /**
     * Writes or replaces what people read of a document.
     *
     * @param document what a run found
     * @param to where; missing directories are made
     * @throws IOException if a file cannot be written; it names the file
     */
    public static void writePages(VerdictsDocument document, ResultPaths to) throws IOException {
        ResultFiles.write(to.summary(), SummaryMarkdown.text(document));
        ResultFiles.write(to.page(), HtmlReport.text(document, to.run(), to.root()));
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
