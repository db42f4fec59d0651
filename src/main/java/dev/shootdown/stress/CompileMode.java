package dev.shootdown.stress;

import java.time.Duration;
import java.util.List;

/**
 * How the actors of one fork are compiled.
 *
 * @param label names the mode in results, such as {@code C2} or {@code SPLIT[C1, C2]}
 * @param jvmArguments what the fork's JVM is told
 * @param actors how each actor is compiled, in order; empty where all of them are treated alike
 */
public record CompileMode(String label, List<String> jvmArguments, List<Actor> actors) {
    /** How a single actor is compiled. */
    public enum Actor {
        /** Not at all. */
        INT,
        /** By the client compiler. */
        C1,
        /** By the server compiler. */
        C2
    }

    private static final Duration SERVER_COMPILED = Duration.ofMillis(500);

    /** {@return how long a fork must measure at least, so as to be compiled for most of that time} */
    Duration leastIteration() {
        return jvmArguments.contains(Compilation.SERVER_ONLY) ? SERVER_COMPILED : Duration.ZERO;
    }

    /** Copies the lists. */
    public CompileMode {
        jvmArguments = List.copyOf(jvmArguments);
        actors = List.copyOf(actors);
    }
}
