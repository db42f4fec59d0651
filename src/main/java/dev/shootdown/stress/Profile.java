package dev.shootdown.stress;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How much work a stress run does: the one knob a user turns. */
public enum Profile {
    /** Seconds a test, both compilers: is everything wired up? */
    SMOKE,
    /** What a build runs: interpreter and both compilers, but for what a test leaves to thorough runs. */
    DEFAULT,
    /** As the default, but seconds a fork: to measure how often a race is hit once everything is compiled. */
    BENCH,
    /** Every way of compiling and placing the actors, for long: for a release, or an overnight run. */
    THOROUGH;

    /** On which CPUs the actors of a test are put. */
    public enum Placement {
        /** One placement: each actor on a core of its own, all on the same node where that is possible. */
        SPREAD,
        /** Every placement the machine has: sharing a core, sharing a node, on different nodes. */
        EVERY
    }

    /** {@return how hard each fork works} */
    public StressEffort effort() {
        return switch (this) {
            case SMOKE -> StressEffort.brief(Duration.ofMillis(200));
            case DEFAULT -> StressEffort.brief(Duration.ofMillis(200));
            case BENCH -> StressEffort.lasting(Duration.ofSeconds(5), 1);
            case THOROUGH -> StressEffort.lasting(Duration.ofSeconds(1), 10);
        };
    }

    /**
     * {@return for how long races of the catalogue that no test stresses are stressed, at first, in the VM of the run;
     * empty if they are not}
     */
    public Optional<Duration> perUntestedRace() {
        return switch (this) {
            case SMOKE, DEFAULT, BENCH -> Optional.empty();
            case THOROUGH -> Optional.of(Duration.ofMillis(250));
        };
    }

    /** {@return where actors are put} */
    public Placement placement() {
        return switch (this) {
            case SMOKE, DEFAULT, BENCH -> Placement.SPREAD;
            case THOROUGH -> Placement.EVERY;
        };
    }

    /** {@return what the gate asks of the results} The same of all profiles: less work is no reason to believe more. */
    public GateLimits limits() {
        return switch (this) {
            case SMOKE, DEFAULT, BENCH, THOROUGH -> GateLimits.STANDARD;
        };
    }

    private List<Compilation> compilations() {
        return switch (this) {
            case SMOKE -> List.of(Compilation.C1, Compilation.C2);
            case DEFAULT, BENCH -> List.of(Compilation.INTERPRETER, Compilation.C1, Compilation.C2);
            case THOROUGH -> List.of(Compilation.values());
        };
    }

    /**
     * {@return the compile modes a test of so many actors runs in}
     *
     * @param actors how many threads a sample takes
     */
    public List<CompileMode> compileModes(int actors) {
        return compilations().stream()
                .flatMap(compilation -> compilation.modesFor(actors).stream())
                .toList();
    }

    /**
     * {@return the compile modes that a test runs in}
     *
     * @param test to be run
     */
    public List<CompileMode> compileModes(PlannedTest test) {
        Set<Compilation> left = this == THOROUGH ? Set.of() : test.claim().thoroughOnly();
        return compilations().stream()
                .filter(compilation -> !left.contains(compilation))
                .flatMap(compilation -> compilation.modesFor(test.listed().actors()).stream())
                .toList();
    }

    /** {@return the profile's name as it is written on the command line} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the profile of this name, if there is one}
     *
     * @param label in lower case, as {@link #label} writes it
     */
    public static Optional<Profile> named(String label) {
        return Arrays.stream(values())
                .filter(profile -> profile.label().equals(label))
                .findFirst();
    }

    /** {@return all names, for a message that offers the choice} */
    public static String choices() {
        return Arrays.stream(values()).map(Profile::label).collect(Collectors.joining(", "));
    }
}
