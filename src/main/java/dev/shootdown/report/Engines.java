package dev.shootdown.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which engines take part in a run. */
enum Engines {
    /** Exploration only. */
    EXPLORE,
    /** Stress only. */
    STRESS,
    /** Exploration, then stress. */
    BOTH;

    boolean explore() {
        return this != STRESS;
    }

    boolean stress() {
        return this != EXPLORE;
    }

    /** The name as it is written on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The choice of this name, if there is one. */
    static Optional<Engines> named(String label) {
        return Arrays.stream(values())
                .filter(engines -> engines.label().equals(label))
                .findFirst();
    }

    /** All names, for a message that offers the choice. */
    static String choices() {
        return Arrays.stream(values()).map(Engines::label).collect(Collectors.joining(", "));
    }
}
