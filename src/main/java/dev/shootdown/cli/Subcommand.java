package dev.shootdown.cli;

import dev.shootdown.report.ExploreProgress.Screen;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsDocument.FindingEntry;
import dev.shootdown.report.html.Undrawn;
import dev.shootdown.stress.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What every command has: somewhere to print to, and {@code --json}. */
abstract class Subcommand implements Callable<Integer> {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final int MOST_UNDRAWN = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    final boolean isJson() {
        return json;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** What progress is shown on: as the launcher saw it, else what Java makes of it. */
    static Screen screen() {
        return "plain".equals(System.getProperty("shootdown.screen")) ? Screen.PLAIN : Screen.current();
    }

    /** One line that is no result. */
    final void note(String line) {
        err().println("shootdown: " + line);
        err().flush();
    }

    /** One line of a result that is there already, while the rest is under way. */
    final void say(String line) {
        if (!json && !Interruption.hasBegun()) {
            out().println(line);
            out().flush();
        }
    }

    final void print(List<String> lines) {
        lines.forEach(out()::println);
    }

    /**
     * Says of which failing executions the page has no picture: of the first few, and how many more.
     *
     * @return how a command ends that wrote this page: as the run, unless that is well and a file of it cannot be used
     */
    final int ended(VerdictsDocument document, List<Undrawn> undrawn) {
        undrawn.stream().limit(MOST_UNDRAWN).forEach(each -> note("no picture: " + each.sentence()));
        if (undrawn.size() > MOST_UNDRAWN) {
            note("no picture of " + (undrawn.size() - MOST_UNDRAWN)
                    + " more; the page lists them under 'Without a picture'");
        }
        boolean isWell = document.exitCode() == ExitCode.AS_EXPECTED.number();
        return isWell && undrawn.stream().anyMatch(Undrawn::isUnusable)
                ? ExitCode.BAD_INPUT.number()
                : document.exitCode();
    }

    /** What fails a run, and what is only worth knowing. */
    final void printFindings(VerdictsDocument document) {
        document.findings().forEach(this::print);
    }

    private void print(FindingEntry finding) {
        String mark = finding.exitCode() == 0 ? "note: " : coloured("bold,red", "FAIL:") + " ";
        out().println(mark + finding.sentence());
    }

    final void printJson(Object value) {
        out().println(MAPPER.writeValueAsString(value));
    }

    /** A verdict or mark in the colour of how it is, where colours are wanted. */
    final String coloured(String style, String text) {
        return spec.commandLine().getColorScheme().ansi().string("@|" + style + " " + text + "|@");
    }
}
