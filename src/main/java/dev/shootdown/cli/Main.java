package dev.shootdown.cli;

import dev.shootdown.explore.WitnessException;
import dev.shootdown.race.NearestName;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.PlanException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code shootdown}. */
@Command(
        name = "shootdown",
        description = "Can a lockless page-table walker read a freed table? Explores and stresses races.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:as expected",
            "1:a verdict is not as expected, a required failure was not seen, or merged runs contradict each other",
            "2:bad usage or input",
            "3:the run itself broke, was interrupted, or could not write what it found"
        },
        subcommands = {
            ListCommand.class,
            ExploreCommand.class,
            StressCommand.class,
            MatrixCommand.class,
            ReplayCommand.class,
            ReportCommand.class,
            MergeCommand.class
        })
public final class Main implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandLine.Model.CommandSpec spec;

    Main() {}

    /**
     * Runs a command, and ends the process.
     *
     * @param arguments the command's name and what it takes
     */
    public static void main(String[] arguments) {
        PrintWriter err = writer(System.err);
        int code;
        try (Interruption _ = Interruption.ofProcess(() -> interrupted(err))) {
            code = run(List.of(arguments), writer(System.out), err);
        }
        System.exit(code);
    }

    private static void interrupted(PrintWriter err) {
        err.println("shootdown: interrupted");
        err.flush();
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, false, stream.charset());
    }

    /** Runs a command. */
    static int run(List<String> arguments, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Main::badUsage)
                .setExecutionExceptionHandler((thrown, command, parsed) -> broken(thrown, command));
        int code = line.execute(arguments.toArray(String[]::new));
        err.flush();
        if (out.checkError()) {
            err.println("shootdown: the output could not be written: a full disk, or a closed pipe");
            err.flush();
            return ExitCode.BROKEN.number();
        }
        return code;
    }

    private static int badUsage(ParameterException bad, String[] arguments) {
        CommandLine command = bad.getCommandLine();
        String path = command.getCommandSpec().qualifiedName();
        String what = bad instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : message(bad);
        say(command, what + "; see " + path + " --help");
        return ExitCode.BAD_INPUT.number();
    }

    private static String unmatched(UnmatchedArgumentException unmatched) {
        CommandLine command = unmatched.getCommandLine();
        String given = unmatched.getUnmatched().getFirst();
        List<String> valid = given.startsWith("-")
                ? List.copyOf(command.getCommandSpec().optionsMap().keySet())
                : List.copyOf(command.getSubcommands().keySet());
        if (valid.isEmpty()) {
            return "there is one argument too many, '" + given + "'";
        }
        String kind = given.startsWith("-") ? "option" : "command";
        return "unknown " + kind + " '" + given + "', nearest is '" + NearestName.of(given, valid) + "'; valid are "
                + String.join(", ", valid);
    }

    private static int broken(Exception thrown, CommandLine command) {
        return switch (thrown) {
            case PlanException plan -> said(command, message(plan), plan.exitCode());
            case WitnessException _ -> said(command, message(thrown), ExitCode.BAD_INPUT);
            case InterruptedException _ -> said(command, "interrupted", ExitCode.BROKEN);
            default -> said(command, "the run broke: " + reason(thrown), ExitCode.BROKEN);
        };
    }

    /** What lies at the bottom, named after its kind where it is not one of ours. */
    private static String reason(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return switch (thrown) {
            case WitnessException _ -> message(thrown);
            case IOException _ -> thrown.getClass().getSimpleName() + ": " + message(thrown);
            case Throwable _ when cause != null -> reason(cause);
            default -> thrown.getClass().getSimpleName() + ": " + message(thrown);
        };
    }

    private static int said(CommandLine command, String message, ExitCode code) {
        say(command, message);
        return code.number();
    }

    private static void say(CommandLine command, String message) {
        String line = "shootdown: " + message;
        command.getErr().println(command.getColorScheme().errorText(line));
        command.getErr().flush();
    }

    private static String message(Throwable thrown) {
        String text = Objects.requireNonNullElse(
                thrown.getMessage(), thrown.getClass().getSimpleName());
        return text.lines()
                .map(String::strip)
                .reduce((first, second) -> first + " " + second)
                .orElse("");
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command: " + String.join(", ", spec.subcommands().keySet()));
    }

    /** Tells the version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"shootdown " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
