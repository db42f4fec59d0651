package dev.shootdown.junit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes with {@link RaceTest}s as a build would, and looks at what it is told. */
class RaceTestExtensionTest {
    private static final String BROKEN = "fast-gup/munmap/sbi-rfence/remove-page/sv39";

    /** What ended how. */
    private record Ended(String displayName, boolean isTest, TestExecutionResult result) {
        boolean passed() {
            return result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        }

        String message() {
            return String.valueOf(result.getThrowable().orElseThrow().getMessage());
        }
    }

    private static List<Ended> run(Class<?> testClass) {
        List<Ended> ended = new ArrayList<>();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(testClass))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                ended.add(new Ended(test.getDisplayName(), test.isTest(), result));
            }
        });
        return ended;
    }

    private static List<Ended> tests(Class<?> testClass) {
        return run(testClass).stream().filter(Ended::isTest).toList();
    }

    private static void assertPassed(List<String> names, Class<?> testClass) {
        List<Ended> tests = tests(testClass);
        tests.forEach(test -> assertTrue(test.passed(), () -> test.displayName() + ": " + test.result()));
        assertEquals(names, tests.stream().map(Ended::displayName).toList());
    }

    @Test
    void runsEachRaceUnderEachModel() {
        assertPassed(
                List.of(
                        "fast-gup/munmap/s-mode-ipi/remove-page/sv39 explored under SC, expected SAFE",
                        "fast-gup/munmap/s-mode-ipi/remove-page/sv39 explored under TSO, expected SAFE",
                        BROKEN + " explored under SC, expected UNSAFE",
                        BROKEN + " explored under TSO, expected UNSAFE"),
                Fixtures.Right.class);
    }

    @Test
    void findsRacesByIdAndInTheCatalogue() {
        assertPassed(
                List.of(
                        BROKEN + " explored under SC, expected UNSAFE",
                        "fast-gup/munmap/s-mode-ipi/remove-table/sv39 explored under SC, expected SAFE",
                        "fast-gup/munmap/sbi-rfence/remove-table/sv39 explored under SC, expected SAFE"),
                Fixtures.FromCatalogue.class);
    }

    @Test
    void runsBothEngines() {
        assertPassed(
                List.of(
                        BROKEN + " stressed for 300 ms, expected UNSAFE",
                        BROKEN + " explored under SC, expected UNSAFE"),
                Fixtures.UnderBoth.class);
    }

    @Test
    void theMessageIsTheTimelineAndHowToReplayIt() {
        String message = failureOf(Fixtures.Wrong.class, "explored under SC").message();
        assertAll(
                () -> assertTrue(message.startsWith(BROKEN + " under SC: READ_FREED_TABLE at step"), message),
                () -> assertTrue(message.contains("sbi_rfence"), message),
                () -> assertTrue(
                        message.contains("Replay it with: Race.parse(\"" + BROKEN + "\").replay(Path.of(\""), message));
    }

    @Test
    void theReplayOfAnOwnRaceNamesTheFile() {
        String message = failureOf(Fixtures.OwnWrong.class, "explored under SC").message();
        assertTrue(message.contains("Replay it with: race.replay(Path.of(\""), message);
        assertTrue(message.contains("free-now_sv39_sc.json"), message);
    }

    @Test
    void aStressedFailureIsToldByCountsAndATimeline() {
        String message = failureOf(Fixtures.Wrong.class, "stressed for 200 ms").message();
        assertAll(
                () -> assertTrue(
                        message.startsWith(BROKEN + " (expected SAFE) showed the forbidden outcome "), message),
                () -> assertTrue(message.contains(" contended, "), message),
                () -> assertTrue(message.contains("An execution that fails:\n" + BROKEN + " under "), message),
                () -> assertTrue(message.contains("Replay it with: "), message));
    }

    @Test
    void aBrokenRaceThatHoldsFailsTheTest() {
        String message =
                failureOf(Fixtures.Toothless.class, "explored under TSO").message();
        assertTrue(
                message.startsWith("fast-gup/munmap/s-mode-ipi/remove-page/sv39 was expected to fail, but did not"),
                message);
    }

    @Test
    void aBoundThatIsHitFailsTheTest() {
        String message =
                failureOf(Fixtures.Undecided.class, "explored under SC").message();
        assertTrue(message.contains(" is not decided: a bound was hit"), message);
    }

    @Test
    void theBodyIsRunAndMayFail() {
        String message =
                failureOf(Fixtures.BodyFails.class, "explored under SC").message();
        assertTrue(message.contains("expected: <UNSAFE> but was: <SAFE>"), message);
    }

    private static Ended failureOf(Class<?> testClass, String part) {
        Ended test = tests(testClass).stream()
                .filter(each -> each.displayName().contains(part))
                .findFirst()
                .orElseThrow();
        assertTrue(!test.passed(), test.displayName());
        return test;
    }

    static Stream<Arguments> misuses() {
        return Stream.of(
                Arguments.of(Fixtures.NamesNothing.class, "names no race: give the names of static fields"),
                Arguments.of(
                        Fixtures.NoSuchMember.class,
                        "wants races from 'mine', but " + Fixtures.NoSuchMember.class.getName()
                                + " has no such static field or static method without parameters; those that may hold"
                                + " races are [SAFE, broken]"),
                Arguments.of(
                        Fixtures.NotARace.class, "wants races from 'IDS', which has a java.lang.String among them"),
                Arguments.of(Fixtures.NullRace.class, "wants races from 'race', which has null among them"),
                Arguments.of(
                        Fixtures.SourceThrows.class,
                        "wants races from 'race', which threw java.lang.IllegalArgumentException: harts must be 2..5"),
                Arguments.of(Fixtures.NoSuchId.class, "names a race that there is not: "),
                Arguments.of(
                        Fixtures.NoMatch.class, "wants races of the catalogue like 'slow-gup/**', but none of its "),
                Arguments.of(Fixtures.BadGlob.class, "has a glob that cannot be read: "),
                Arguments.of(Fixtures.NoEngine.class, "names no engine; there are [EXPLORE, STRESS]"),
                Arguments.of(Fixtures.NoModel.class, "names no memory model; there are [SC, TSO, WEAK]"),
                Arguments.of(Fixtures.NoBound.class, "has the bound 0; it must be 1 execution or more"),
                Arguments.of(Fixtures.NoTime.class, "stresses for -1 ms; it must be 1 or more"),
                Arguments.of(
                        Fixtures.WrongParameter.class,
                        "has a parameter of type dev.shootdown.race.Explored on [STRESS]; it may have Race"),
                Arguments.of(
                        Fixtures.NothingExpected.class,
                        "has a race of which nobody says what must come out: fast-gup/munmap/s-mode-ipi/free-now/sv39"));
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void misuseIsOneClearError(Class<?> testClass, String predicate) {
        List<Ended> failed =
                run(testClass).stream().filter(each -> !each.passed()).toList();
        assertEquals(1, failed.size(), failed::toString);
        assertInstanceOf(
                ExtensionConfigurationException.class,
                failed.getFirst().result().getThrowable().orElseThrow());
        String start = "@RaceTest " + testClass.getName() + ".test " + predicate;
        assertTrue(
                failed.getFirst().message().startsWith(start),
                () -> failed.getFirst().message());
    }
}
