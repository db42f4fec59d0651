package dev.shootdown.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatchers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.shootdown.hart.Machine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the package table of ARCHITECTURE.md. */
class ArchitectureTest {
    private static final String ROOT = "dev.shootdown";

    /** Which packages a package may use, besides what those use in turn. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("riscv", List.of()),
            Map.entry("memory", List.of()),
            Map.entry("hart", List.of("memory", "riscv")),
            Map.entry("rcu", List.of("hart")),
            Map.entry("tlb", List.of("hart")),
            Map.entry("pagetable", List.of("hart")),
            Map.entry("walk", List.of("pagetable", "rcu", "tlb")),
            Map.entry("mm", List.of("pagetable", "tlb", "rcu")),
            Map.entry("race", List.of("walk", "mm")),
            Map.entry("museum", List.of("race")),
            Map.entry("explore", List.of("race")),
            Map.entry("stress", List.of("race")),
            Map.entry("report", List.of("stress", "explore", "museum")),
            Map.entry("report.html", List.of("report")),
            Map.entry("junit", List.of("explore", "stress")),
            Map.entry("cli", List.of("report")));

    private static final JavaClasses MAIN = scan();

    private static JavaClasses scan() {
        // The rules go by names: what the JDK's classes look like inside does not matter, and takes seconds.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .importUrl(Machine.class.getProtectionDomain().getCodeSource().getLocation());
    }

    static Set<String> packages() {
        return MAIN.stream()
                .map(each -> each.getPackageName().substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> allowed(String name) {
        Set<String> allowed = new HashSet<>(Set.of(name));
        MAY_USE.get(name).forEach(used -> allowed.addAll(allowed(used)));
        return allowed;
    }

    private static ArchRule usesOnly(String name, Set<String> allowed) {
        String[] allowedPackages =
                allowed.stream().map(each -> ROOT + "." + each + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(describe(
                                "are not in " + allowed,
                                (JavaClass each) ->
                                        !PackageMatchers.of(allowedPackages).test(each.getPackageName()))));
    }

    @Test
    void theScanSeesEveryPackageAndNoTest() {
        Set<String> missing = new TreeSet<>(MAY_USE.keySet());
        missing.removeAll(packages());
        assertTrue(missing.isEmpty(), () -> "saw nothing of " + missing);
        assertTrue(
                MAY_USE.keySet().containsAll(packages()),
                () -> "a new package needs its line in the table: " + packages());
        assertTrue(MAIN.size() > 100, () -> "only " + MAIN.size() + " classes");
    }

    @Test
    void junitIsKnownToItsExtensionAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".junit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyWhatStandsBelowIt(String name) {
        usesOnly(name, allowed(name)).check(MAIN);
    }

    @Test
    void aForbiddenUseIsReported() {
        AssertionError thrown = assertThrows(
                AssertionError.class,
                () -> usesOnly("mm", Set.of("mm", "tlb", "rcu", "hart", "memory", "riscv"))
                        .check(MAIN));
        assertTrue(thrown.getMessage().contains("dev.shootdown.pagetable.PageTables"), thrown.getMessage());
        assertThrows(AssertionError.class, () -> onlyIn("hart", VarHandle.class).check(MAIN));
    }

    @Test
    void walkersAndWritersNeverMeet() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".walk..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + ".mm.."))
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".mm..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + ".walk.."))
                .check(MAIN);
    }

    static List<Class<?>> rawMemory() {
        return List.of(VarHandle.class, MemorySegment.class, Arena.class);
    }

    private static ArchRule onlyIn(String name, Class<?> type) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(type);
    }

    @ParameterizedTest
    @MethodSource("rawMemory")
    void rawMemoryIsTouchedInOnePackage(Class<?> type) {
        onlyIn("memory", type).check(MAIN);
    }

    @Test
    void jcstressIsKnownToStressAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".stress..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.openjdk.jcstress..")
                .check(MAIN);
    }

    @Test
    void nothingInternalIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun..", "jdk.internal..", "com.sun..", "java.lang.foreign.internal..")
                .check(MAIN);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyPackageIsNullMarkedAndSaysWhatItIsFor(String name) throws ClassNotFoundException {
        Class<?> info = Class.forName(ROOT + "." + name + ".package-info");
        assertTrue(info.isAnnotationPresent(NullMarked.class), name);
    }
}
