package dev.shootdown.stress;

import dev.shootdown.memory.WaitExpired;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** Reads jcstress's results. */
final class JcstressResults {
    /** A fork that gives up a wait of its own has hung, although it still ends by itself. */
    private static final String GAVE_UP = WaitExpired.class.getName();

    /** A JVM that crashes says so behind a margin of hash signs. */
    private static final Pattern CRASH_MARGIN = Pattern.compile("^#\\s*");

    private static final int MOST_LINES = 60;

    private JcstressResults() {}

    /** A fork's result in this project's terms. */
    static ConfigurationResult converted(TestResult result, PlannedConfiguration planned) {
        SortedMap<String, Long> outcomes = new TreeMap<>();
        result.getStateKeys().forEach(name -> outcomes.put(name, result.getCount(name)));
        List<String> messages = new ArrayList<>(messages(result));
        Optional<ForkStatistics> statistics = statistics(result, messages);
        return new ConfigurationResult(planned, status(result), outcomes, statistics, messages, Optional.empty());
    }

    private static ForkStatus status(TestResult result) {
        return switch (result.status()) {
            case NORMAL -> ForkStatus.COMPLETED;
            case TIMEOUT_ERROR -> ForkStatus.HUNG;
            case VM_ERROR -> gaveUp(result) ? ForkStatus.HUNG : ForkStatus.CRASHED;
            case TEST_ERROR, CHECK_TEST_ERROR, API_MISMATCH -> gaveUp(result) ? ForkStatus.HUNG : ForkStatus.ERROR;
        };
    }

    private static boolean gaveUp(TestResult result) {
        return allLines(result).stream().anyMatch(line -> line.contains(GAVE_UP));
    }

    private static List<String> messages(TestResult result) {
        List<String> lines = switch (result.status()) {
            case NORMAL -> result.getMessages();
            case API_MISMATCH, CHECK_TEST_ERROR, TIMEOUT_ERROR, TEST_ERROR, VM_ERROR -> allLines(result);
        };
        return headlined(lines.stream()
                .map(line -> CRASH_MARGIN.matcher(line).replaceFirst("").stripTrailing())
                .filter(line -> !line.isBlank() && !line.startsWith(ForkStatistics.PREFIX))
                .limit(MOST_LINES)
                .toList());
    }

    /** jcstress says first that something broke and then what. The two belong together, unless a stack trace begins. */
    private static List<String> headlined(List<String> lines) {
        if (lines.size() < 2 || lines.get(1).startsWith("\t")) {
            return lines;
        }
        List<String> joined = new ArrayList<>(lines.subList(1, lines.size()));
        joined.set(0, lines.get(0) + ": " + lines.get(1));
        return joined;
    }

    private static List<String> allLines(TestResult result) {
        List<String> lines = new ArrayList<>(result.getMessages());
        lines.addAll(result.getVmErr());
        lines.addAll(result.getVmOut());
        return lines;
    }

    private static Optional<ForkStatistics> statistics(TestResult result, List<String> messages) {
        try {
            return ForkStatistics.in(result.getVmOut());
        } catch (IllegalArgumentException e) {
            messages.addFirst(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
