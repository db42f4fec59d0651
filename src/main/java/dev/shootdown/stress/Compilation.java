package dev.shootdown.stress;

import java.util.ArrayList;
import java.util.List;

/**
 * How the code under test is compiled in a fork. Reorderings by the compiler, and the width of the race window, differ
 * by an order of magnitude between these, so a race is worth running under each.
 */
public enum Compilation {
    /** Interpreter only. */
    INTERPRETER("INT"),
    /** The client compiler only. */
    C1("C1"),
    /** The server compiler only. */
    C2("C2"),
    /** What a JVM does by itself: interpreter, then C1, then C2. */
    TIERED("TIERED"),
    /** The server compiler with its instruction scheduling and optimisation order randomised. */
    C2_RANDOMISED("C2-RANDOM"),
    /** Each actor compiled in its own way: all mixtures in which not all actors are compiled alike. */
    SPLIT("SPLIT");

    /** A fiftieth of the usual calls before compiling: otherwise a short fork is spent in the interpreter. */
    private static final String EARLY = "-XX:CompileThreshold=200";

    /** Nothing but interpreter and server compiler. */
    static final String SERVER_ONLY = "-XX:-TieredCompilation";

    private final String label;

    Compilation(String label) {
        this.label = label;
    }

    private List<String> jvmArguments() {
        return switch (this) {
            case INTERPRETER -> List.of("-Xint");
            case C1 -> List.of("-XX:TieredStopAtLevel=1");
            case C2 -> List.of(SERVER_ONLY, EARLY);
            case TIERED, SPLIT -> List.of();
            case C2_RANDOMISED ->
                List.of(SERVER_ONLY, EARLY, "-XX:+StressLCM", "-XX:+StressGCM", "-XX:+StressIGVN", "-XX:+StressCCP");
        };
    }

    /**
     * {@return the forks' compile modes that this stands for, with a test of so many actors}
     *
     * @param actors how many threads a sample takes
     */
    public List<CompileMode> modesFor(int actors) {
        return this == SPLIT ? mixtures(actors) : List.of(new CompileMode(label, jvmArguments(), List.of()));
    }

    private List<CompileMode> mixtures(int actors) {
        List<List<CompileMode.Actor>> all = List.of(List.of());
        for (int actor = 0; actor < actors; actor++) {
            all = extended(all);
        }
        return all.stream()
                .filter(mixture -> mixture.stream().distinct().count() > 1)
                .map(mixture -> new CompileMode(label + mixture, jvmArguments(), mixture))
                .toList();
    }

    private static List<List<CompileMode.Actor>> extended(List<List<CompileMode.Actor>> shorter) {
        List<List<CompileMode.Actor>> longer = new ArrayList<>();
        for (List<CompileMode.Actor> mixture : shorter) {
            for (CompileMode.Actor next : CompileMode.Actor.values()) {
                List<CompileMode.Actor> one = new ArrayList<>(mixture);
                one.add(next);
                longer.add(List.copyOf(one));
            }
        }
        return longer;
    }
}
