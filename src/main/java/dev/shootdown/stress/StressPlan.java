package dev.shootdown.stress;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tests of one run, in the order of their names.
 *
 * <p>A selection always brings the broken twins of the selected tests with it, because a safe race means nothing unless
 * its twin is seen to fail in the same run.
 */
public final class StressPlan {
    private static final String FIELD = "RACE";

    private final List<PlannedTest> tests;

    private StressPlan(List<PlannedTest> tests) {
        this.tests = tests;
    }

    /** {@return the tests, in the order of their names} */
    public List<PlannedTest> tests() {
        return tests;
    }

    /**
     * Plans a run of tests on the class path; see {@link #of}.
     *
     * @param loader where the test classes and jcstress's list of them are found
     * @param selection tests in whose name this is found
     * @return the plan
     * @throws PlanException as {@link #of}
     */
    public static StressPlan onClassPath(ClassLoader loader, Pattern selection) {
        return of(JcstressAdapter.listTests(loader), loader, selection);
    }

    /**
     * Plans a run.
     *
     * @param listed every test there is
     * @param loader where the test classes are found
     * @param selection which of them to run: tests in whose name this is found
     * @return the plan
     * @throws PlanException if a test has no claim, two claim the same race, a twin is not a test, or none is selected
     */
    public static StressPlan of(Collection<ListedTest> listed, ClassLoader loader, Pattern selection) {
        List<PlannedTest> all = withClaims(listed, loader);
        requireDistinctRaces(all);
        List<PlannedTest> selected = all.stream()
                .filter(test -> selection.matcher(test.listed().name()).find())
                .toList();
        if (selected.isEmpty() && !all.isEmpty()) {
            throw new PlanException(
                    ExitCode.BAD_INPUT, "no test matches '" + selection + "'; the tests are: " + shortNames(all));
        }
        return new StressPlan(withTwins(selected, all));
    }

    private static List<PlannedTest> withClaims(Collection<ListedTest> listed, ClassLoader loader) {
        Map<String, ListedTest> byClass = new HashMap<>();
        listed.forEach(test -> byClass.put(test.className(), test));
        return listed.stream()
                .sorted(Comparator.comparing(ListedTest::name))
                .map(test -> planned(test, loader, byClass))
                .toList();
    }

    private static PlannedTest planned(ListedTest test, ClassLoader loader, Map<String, ListedTest> byClass) {
        StressedClaim claim = claimOf(test.className(), loader);
        Optional<String> twin = claim.brokenTwin().map(type -> twinName(test, type, byClass));
        return new PlannedTest(test, shortName(test.className()), claim, twin);
    }

    private static String twinName(ListedTest test, Class<?> twin, Map<String, ListedTest> byClass) {
        if (!byClass.containsKey(twin.getName())) {
            throw new PlanException(
                    ExitCode.BAD_INPUT,
                    "the broken twin of " + test.name() + " is " + twin.getName()
                            + ", which is not a stress test on this class path");
        }
        return shortName(twin.getName());
    }

    private static StressedClaim claimOf(String className, ClassLoader loader) {
        try {
            Field field = Class.forName(className, true, loader).getDeclaredField(FIELD);
            if (Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                return asClaim(className, field.get(null));
            }
            throw noClaim(className, "its field " + FIELD + " is not static");
        } catch (NoSuchFieldException e) {
            throw noClaim(className, "it has no field " + FIELD);
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw noClaim(className, "its class cannot be loaded (" + cause + ")");
        }
    }

    private static StressedClaim asClaim(String className, @Nullable Object value) {
        if (value instanceof StressedClaim claim) {
            return claim;
        }
        throw noClaim(className, "its field " + FIELD + " is not a claim");
    }

    private static PlanException noClaim(String className, String why) {
        return new PlanException(
                ExitCode.BAD_INPUT,
                "stress test " + className + " makes no claim, " + why + ": declare 'static final StressRace " + FIELD
                        + " = …' in it");
    }

    private static void requireDistinctRaces(List<PlannedTest> tests) {
        Map<String, String> testByRace = new HashMap<>();
        for (PlannedTest test : tests) {
            String other = testByRace.putIfAbsent(test.race().id(), test.shortName());
            if (other != null) {
                throw new PlanException(
                        ExitCode.BAD_INPUT,
                        other + " and " + test.shortName() + " both claim the race "
                                + test.race().id() + ": give one of them a condition that tells them apart");
            }
        }
    }

    private static List<PlannedTest> withTwins(List<PlannedTest> selected, List<PlannedTest> all) {
        Set<String> wanted = new TreeSet<>();
        for (PlannedTest test : selected) {
            wanted.add(test.shortName());
            test.twin().ifPresent(wanted::add);
        }
        return all.stream().filter(test -> wanted.contains(test.shortName())).toList();
    }

    private static String shortNames(List<PlannedTest> tests) {
        return String.join(", ", tests.stream().map(PlannedTest::shortName).toList());
    }

    private static String shortName(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }
}
