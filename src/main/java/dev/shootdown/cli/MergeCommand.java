package dev.shootdown.cli;

import dev.shootdown.report.ResultPaths;
import dev.shootdown.report.ResultWriter;
import dev.shootdown.report.VerdictsDocument;
import dev.shootdown.report.VerdictsFile;
import dev.shootdown.report.VerdictsJson;
import dev.shootdown.report.html.Undrawn;
import dev.shootdown.stress.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one result of several. */
@Command(
        name = "merge",
        description = "Merges the results of several machines or runs into one report.",
        footer = {
            "",
            "A run that is given twice counts once. What several runs stressed is added up; each result says what each"
                    + " run saw. Runs that contradict each other are a finding, and the exit code is 1. Earlier merged results"
                    + " in the place are replaced."
        })
final class MergeCommand extends Subcommand {
    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Directories with a verdicts.json.")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private List<Path> inputs;

    @Option(names = "--into", paramLabel = "DIR", required = true, description = "Where the merged results go.")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private Path into;

    @Override
    public Integer call() throws IOException {
        Map<String, VerdictsDocument> documents = new LinkedHashMap<>();
        for (Path input : inputs) {
            if (Files.exists(into) && Files.exists(input) && Files.isSameFile(into, input)) {
                throw Names.bad("--into " + into + " is one of the directories to merge; name another one");
            }
            documents.putIfAbsent(input.toString(), read(input));
        }
        ResultPaths paths = new ResultPaths(into);
        checkReplaceable(paths);
        VerdictsDocument merged = MergedWitnesses.copied(Merge.of(documents), paths);
        List<Undrawn> undrawn = ResultWriter.write(merged, paths);
        if (isJson()) {
            out().print(VerdictsJson.text(merged));
        } else {
            printFindings(merged);
            out().println("Wrote " + paths.page() + ".");
        }
        return ended(merged, undrawn);
    }

    /** What is merged can be merged again; a run cannot. */
    private static void checkReplaceable(ResultPaths paths) {
        if (Files.exists(paths.verdicts())
                && VerdictsFile.read(paths.verdicts()).sources() == null) {
            throw Names.bad(
                    "--into " + paths.root() + " has the results of a run, which would be lost; name another one");
        }
    }

    private VerdictsDocument read(Path input) throws IOException {
        ResultPaths paths = ResultPaths.of(input);
        VerdictsDocument document = VerdictsFile.read(paths.verdicts());
        VerdictsDocument located = MergedWitnesses.located(document, paths.run());
        long gone = MergedWitnesses.number(document) - MergedWitnesses.number(located);
        if (gone > 0) {
            note(input + " names " + Numbers.counted(gone, "failing execution") + " of which the file is not there");
        }
        return located;
    }
}
