package dev.shootdown.report;

import dev.shootdown.report.html.HtmlReport;
import java.io.IOException;

/** Writes a run's results, each file in one piece. */
final class ResultWriter {
    private ResultWriter() {}

    /** Writes or replaces what is made from the report itself. */
    static void write(RunReport report, ResultPaths to) throws IOException {
        VerdictsDocument document = VerdictsJson.document(report);
        ResultFiles.write(to.verdicts(), VerdictsJson.text(document));
        ResultFiles.writeAll(to.junit(), JUnitXml.files(report), ".xml");
        ResultFiles.write(to.summary(), SummaryMarkdown.text(report));
        ResultFiles.write(to.page(), HtmlReport.text(document, to.run(), to.root()));
    }
}
