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

    /** Checks the names of checks, which stand beside outcomes in results. */
    static void checkAll(List<RaceCheck> checks) {
        Set<String> taken = new HashSet<>();
        Arrays.stream(Outcome.values()).map(Outcome::name).forEach(taken::add);
        for (RaceCheck check : checks) {
            check("check", check);
            if (!taken.add(check.name())) {
                throw new IllegalArgumentException(
                        "a check cannot be named " + check.name() + ": an outcome or another check of the race is");
            }
        }
    }
}
