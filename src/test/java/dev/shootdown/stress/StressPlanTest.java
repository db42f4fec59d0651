package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.race.FailsFrom;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StressPlanTest {
    private static final Pattern ALL = Pattern.compile("");

    private static StressedClaim claim(String race, FailsFrom failsFrom, Optional<Class<?>> twin) {
        return new Runs.Claim(Runs.race(race, failsFrom), twin, Set.of(), Set.of(), false);
    }

    /** Two tests that belong together, and one that stands alone. */
    static final class Fixed {
        static final StressedClaim RACE = claim("fixed", FailsFrom.NEVER, Optional.of(Broken.class));
    }

    static final class Broken {
        static final StressedClaim RACE = claim("broken", FailsFrom.SC, Optional.empty());
    }

    static final class Other {
        private static final StressedClaim RACE = claim("other", FailsFrom.SC, Optional.empty());
    }

    static final class SameRace {
        static final StressedClaim RACE = claim("other", FailsFrom.SC, Optional.empty());
    }

    static final class StrangeTwin {
        static final StressedClaim RACE = claim("strange", FailsFrom.NEVER, Optional.of(String.class));
    }

    static final class WithoutClaim {}

    static final class WithoutStatic {
        final String RACE = "race";
    }

    static final class WrongType {
        static final String RACE = "race";
    }

    static final class Unloadable {
        static final StressedClaim RACE = Optional.<StressedClaim>empty().orElseThrow();
    }

    private static StressPlan plan(Pattern selection, Class<?>... classes) {
        List<ListedTest> listed = Arrays.stream(classes)
                .map(type -> new ListedTest(type.getCanonicalName(), type.getName(), 2))
                .toList();
        return StressPlan.of(listed, StressPlanTest.class.getClassLoader(), selection);
    }

    private static List<String> names(StressPlan plan) {
        return plan.tests().stream().map(PlannedTest::shortName).toList();
    }

    private static String error(Class<?>... classes) {
        PlanException thrown = assertThrows(PlanException.class, () -> plan(ALL, classes));
        assertEquals(ExitCode.BAD_INPUT, thrown.exitCode());
        return String.valueOf(thrown.getMessage());
    }

    @Test
    void holdsEveryTestInTheOrderOfTheNames() {
        assertEquals(
                List.of("StressPlanTest.Broken", "StressPlanTest.Fixed", "StressPlanTest.Other"),
                names(plan(ALL, Other.class, Fixed.class, Broken.class)));
    }

    @Test
    void aSelectionBringsTheTwins() {
        StressPlan plan = plan(Pattern.compile("Fixed"), Other.class, Fixed.class, Broken.class);
        assertAll(
                () -> assertEquals(List.of("StressPlanTest.Broken", "StressPlanTest.Fixed"), names(plan)),
                () -> assertEquals(
                        Optional.of("StressPlanTest.Broken"),
                        plan.tests().getLast().twin()));
    }

    @Test
    void aSelectionOfNothingNamesTheTests() {
        PlanException thrown =
                assertThrows(PlanException.class, () -> plan(Pattern.compile("Fxied"), Fixed.class, Broken.class));
        assertEquals(
                "no test matches 'Fxied'; the tests are: StressPlanTest.Broken, StressPlanTest.Fixed",
                thrown.getMessage());
    }

    @Test
    void anEmptyListIsLeftToTheGate() {
        assertEquals(List.of(), plan(ALL).tests());
    }

    @Test
    void everyTestMustMakeAClaim() {
        assertAll(
                () -> assertEquals(
                        "stress test " + WithoutClaim.class.getName() + " makes no claim, it has no field RACE: declare"
                                + " 'static final StressRace RACE = …' in it",
                        error(WithoutClaim.class)),
                () -> assertTrue(error(WithoutStatic.class).contains("its field RACE is not static")),
                () -> assertTrue(error(WrongType.class).contains("its field RACE is not a claim")),
                () -> assertTrue(error(Unloadable.class)
                        .contains("its class cannot be loaded (java.util.NoSuchElementException: No value present)")));
    }

    @Test
    void aListedTestMustExist() {
        List<ListedTest> listed = List.of(new ListedTest("toy.Gone", "toy.Gone", 2));
        PlanException thrown = assertThrows(
                PlanException.class, () -> StressPlan.of(listed, StressPlanTest.class.getClassLoader(), ALL));
        assertTrue(String.valueOf(thrown.getMessage()).contains("ClassNotFoundException: toy.Gone"));
    }

    @Test
    void twoTestsMustNotClaimTheSameRace() {
        assertEquals(
                "StressPlanTest.Other and StressPlanTest.SameRace both claim the race race/other: give one of them a"
                        + " condition that tells them apart",
                error(Other.class, SameRace.class));
    }

    @Test
    void aTwinMustBeATest() {
        assertEquals(
                "the broken twin of dev.shootdown.stress.StressPlanTest.StrangeTwin is java.lang.String, which is not a"
                        + " stress test on this class path",
                error(StrangeTwin.class));
    }

    @Test
    void aClassPathWithoutAListIsAnError(@TempDir Path empty) throws IOException {
        try (URLClassLoader loader = loader(empty)) {
            PlanException thrown = assertThrows(PlanException.class, () -> JcstressAdapter.listTests(loader));
            assertAll(
                    () -> assertEquals(ExitCode.BROKEN, thrown.exitCode()),
                    () -> assertTrue(String.valueOf(thrown.getMessage())
                            .startsWith("there is no META-INF/TestList on the class path")));
        }
    }

    @Test
    void aClassPathWithTwoListsIsAnError(@TempDir Path first, @TempDir Path second) throws IOException {
        for (Path directory : List.of(first, second)) {
            Files.createDirectories(directory.resolve("META-INF"));
            Files.writeString(directory.resolve("META-INF/TestList"), "");
        }
        try (URLClassLoader loader = loader(first, second)) {
            PlanException thrown = assertThrows(PlanException.class, () -> JcstressAdapter.listTests(loader));
            assertTrue(String.valueOf(thrown.getMessage())
                    .startsWith("jcstress reads only the first META-INF/TestList, but there are 2 on the class path"));
        }
    }

    private static URLClassLoader loader(Path... directories) throws IOException {
        URL[] urls = new URL[directories.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = directories[i].toUri().toURL();
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }
}
