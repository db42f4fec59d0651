package dev.shootdown.cli;

import dev.shootdown.report.VerdictsDocument.Environment;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import dev.shootdown.report.VerdictsDocument.Source;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Numbers;
import java.util.ArrayList;
import java.util.List;

/** What is to be said about a merge: contradictions first, for they are what must not be missed. */
final class MergeFindings {
    private final List<FindingEntry> contradictions = new ArrayList<>();
    private final List<FindingEntry> others = new ArrayList<>();

    List<FindingEntry> all() {
        List<FindingEntry> all = new ArrayList<>(contradictions);
        all.addAll(others);
        return List.copyOf(all);
    }

    /** The inputs cannot both be right about a race or canary. */
    void contradiction(String about, String sentence) {
        contradictions.add(
                new FindingEntry(null, about, null, ExitCode.NOT_AS_EXPECTED.number(), "CONTRADICTION: " + sentence));
    }

    void note(String sentence) {
        others.add(new FindingEntry(null, null, null, ExitCode.AS_EXPECTED.number(), sentence));
    }

    /** Says where results are from. */
    void source(Source source) {
        Environment host = source.environment();
        note("From " + source.name() + ": " + host.cpu() + ", " + Numbers.counted(host.cpus(), "CPU") + ", "
                + host.hostModel() + ", " + host.jdk() + ", " + host.os() + ".");
    }

    /** What an input had to say itself. */
    void copy(String from, FindingEntry finding) {
        others.add(new FindingEntry(
                finding.test(),
                finding.explored(),
                finding.memoryModel(),
                finding.exitCode(),
                from + ": " + finding.sentence()));
    }
}
