package dev.shootdown.report;

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
}
