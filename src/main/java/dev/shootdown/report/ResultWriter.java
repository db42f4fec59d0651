package dev.shootdown.report;

import dev.shootdown.report.html.HtmlReport;
import java.io.IOException;

/** Writes results, each file in one piece. */
public final class ResultWriter {
    private ResultWriter() {}

    /** Writes or replaces a document, and all that people read of it. */
    public static void write(VerdictsDocument document, ResultPaths to) throws IOException {
        ResultFiles.write(to.verdicts(), VerdictsJson.text(document));
        writePages(document, to);
    }

    /** Writes or replaces what people read of a document. */
    public static void writePages(VerdictsDocument document, ResultPaths to) throws IOException {
        ResultFiles.write(to.summary(), SummaryMarkdown.text(document));
        ResultFiles.write(to.page(), HtmlReport.text(document, to.run(), to.root()));
    }

    /** Writes or replaces what is for programs. What people read comes after everything that it links to. */
    static void writeData(RunReport report, ResultPaths to) throws IOException {
        ResultFiles.write(to.verdicts(), VerdictsJson.text(VerdictsJson.document(report)));
        ResultFiles.writeAll(to.junit(), JUnitXml.files(report), ".xml");
    }
}
