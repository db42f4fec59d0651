package dev.shootdown.report;

import dev.shootdown.report.html.HtmlReport;
import java.io.IOException;

/** Writes a run's results, each file in one piece. */
final class ResultWriter {
    private ResultWriter() {}

    /** Writes or replaces what is made from the report itself. */
    static void write(RunReport report, ResultPaths to) throws IOException {
        ResultFiles.write(to.verdicts(), VerdictsJson.text(VerdictsJson.document(report)));
        ResultFiles.writeAll(to.junit(), JUnitXml.files(report), ".xml");
        ResultFiles.write(to.summary(), SummaryMarkdown.text(report));
    }

    /** Writes or replaces the page, which links to what is there by then: after everything else. */
    static void writePage(RunReport report, ResultPaths to) throws IOException {
        ResultFiles.write(to.page(), HtmlReport.text(VerdictsJson.document(report), to.run(), to.root()));
    }
}
