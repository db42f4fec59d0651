package dev.shootdown.report;

import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.PlanException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * Explores the catalogue of races, runs the stress tests on the class path, and judges both. The process's exit status says
 * how it went ({@link ExitCode}).
 *
 * <p>The forks of the stress run take their class path from this JVM's, so it must be started as a JVM of its own, with
 * {@code --enable-native-access=ALL-UNNAMED}.
 */
public final class VerifyMain {
    private VerifyMain() {}

    /**
     * Runs what the arguments ask for, and ends the process.
     *
     * @param arguments options; {@code --help} lists them
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err).number());
    }

    /** Runs what the arguments ask for. */
    static ExitCode run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            CommandLine line = CommandLine.of(arguments);
            return switch (line.action()) {
                case HELP -> help(out);
                case RUN -> verify(line, out);
            };
        } catch (PlanException e) {
            err.println("shootdown: " + e.getMessage());
            return e.exitCode();
        } catch (IOException e) {
            err.println("shootdown: the run broke: " + e);
            return ExitCode.BROKEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.BROKEN;
        }
    }

    private static ExitCode help(PrintStream out) {
        out.print(CommandLine.help());
        return ExitCode.AS_EXPECTED;
    }

    private static ExitCode verify(CommandLine line, PrintStream out) throws IOException, InterruptedException {
        RunPlan plan = RunPlan.of(line, VerifyMain.class.getClassLoader());
        return new VerifySession(plan, line, new SavedWitnesses(new ResultPaths(line.results())), out).run();
    }
}
