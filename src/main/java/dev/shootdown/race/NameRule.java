package dev.shootdown.race;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the names of a race's parts have to be like, so that ids can be read back and results tell parts apart. */
final class NameRule {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

    private NameRule() {}

    /**
     * Checks the name of a part.
     *
     * @param part what it is, such as {@code walker}
     */
    static void check(String part, Named named) {
        if (!NAME.matcher(named.name()).matches()) {
            throw new IllegalArgumentException("the name of a " + part
                    + " is upper-case letters, digits and single underscores, such as WAIT_FOR_NOBODY; not '"
                    + named.name() + "' (" + named.getClass().getName() + ")");
        }
    }

    /** Checks the name of an outcome, which stands beside the built-in ones in results. */
    static void checkOutcome(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of an outcome is upper-case letters, digits and single"
                    + " underscores, such as FENCED_TWICE; not '" + name + "'");
        }
        if (Arrays.stream(Outcome.values()).anyMatch(each -> each.name().equals(name))) {
            throw new IllegalArgumentException(
                    "an outcome of your own cannot be named " + name + ": a built-in one is");
        }
    }

    /** Checks that results can tell the classifiers of a race apart, and what they name. */
    static void checkAll(List<OutcomeClassifier> classifiers) {
        Set<String> names = new HashSet<>();
        Set<String> outcomes = new HashSet<>();
        for (OutcomeClassifier classifier : classifiers) {
            check("classifier", classifier);
            checkNew(names, classifier.name(), "a classifier cannot be named ");
            for (OwnOutcome outcome : classifier.outcomes()) {
                checkNew(outcomes, outcome.name(), "an outcome cannot be named ");
            }
        }
    }

    private static void checkNew(Set<String> taken, String name, String complaint) {
        if (!taken.add(name)) {
            throw new IllegalArgumentException(complaint + name + ": another one of the race is");
        }
    }
}
