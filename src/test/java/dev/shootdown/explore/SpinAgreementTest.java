package dev.shootdown.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A second opinion, from a model checker that shares no code with ours, on models written from the protocol: Spin, on
 * {@code src/test/resources/dev/shootdown/spin}.
 */
@Timeout(120)
@Tag("slow")
class SpinAgreementTest {
    private static final Explorer EXPLORER = new Explorer(Bounds.DEFAULT);
    private static final String MISSING = Spin.missing();
    private static final String FREED_TABLE_READ = "read_freed_table";
    private static final String HANDLER_IN_SECTION = "handler_in_section";
    private static final String RETURNED_UNSERVED = "returned_unserved";
    private static final String DEADLOCK = "invalid end state";

    @BeforeEach
    void skipWithoutSpin() {
        assumeTrue(MISSING.isEmpty(), "not installed: " + MISSING + "; the models in Promela were not checked");
    }

    static Stream<Race> races() {
        return Stream.of(Walkers.FAST_GUP, Walkers.RCU_WALK)
                .flatMap(walker -> Stream.of(Shootdowns.S_MODE_IPI, Shootdowns.SBI_RFENCE)
                        .flatMap(shootdown -> Stream.of(Freeings.REMOVE_PAGE, Freeings.REMOVE_TABLE)
                                .map(freeing ->
                                        Race.of(walker).shootdown(shootdown).freeing(freeing))));
    }

    @ParameterizedTest
    @MethodSource("races")
    void spinTheTruthTableAndTheExplorerAgree(Race race, @TempDir Path scratch)
            throws IOException, InterruptedException {
        Verdict expected = race.expectation().orElseThrow().verdict();
        assertEquals(expected, EXPLORER.explore(race, MemoryModel.SC).verdict());

        Spin.Report report = Spin.find()
                .verify(
                        scratch,
                        race.freeing().kebabName() + ".pml",
                        List.of(race.walker().name(), race.shootdown().name()));
        assertFailsBy(expected == Verdict.SAFE ? Set.of() : Set.of(FREED_TABLE_READ), report);
        assertEquals(0, report.unreachedStatements(), report::output);
    }

    /** A race without one rule of the context word, and by what it must fail then. */
    record WithoutRule(String model, List<String> definitions, Set<String> failures) {}

    static Stream<WithoutRule> racesWithoutARule() {
        return Stream.of(
                ipi(Set.of(FREED_TABLE_READ, HANDLER_IN_SECTION), "PLAIN_ENTRY"),
                new WithoutRule(
                        "remove-table.pml", List.of("RCU_WALK", "SBI_RFENCE", "PLAIN_ENTRY"), Set.of(FREED_TABLE_READ)),
                ipi(Set.of(DEADLOCK), "TAKE_AFTER_CLAIM"),
                ipi(Set.of(RETURNED_UNSERVED), "TAKE_BEFORE_CLAIM"),
                ipi(Set.of(RETURNED_UNSERVED), "TICKET_OF_THIS_RUN"),
                // The ticket alone keeps the table; the handler runs inside the section all the same.
                ipi(Set.of(HANDLER_IN_SECTION), "SECTION_DURING_HANDLER"),
                ipi(
                        Set.of(HANDLER_IN_SECTION, RETURNED_UNSERVED, FREED_TABLE_READ),
                        "SECTION_DURING_HANDLER",
                        "TICKET_OF_THIS_RUN"));
    }

    /** The race that is safe by interrupts alone, without these rules. */
    private static WithoutRule ipi(Set<String> failures, String... rules) {
        List<String> definitions = Stream.concat(Stream.of("FAST_GUP", "S_MODE_IPI"), Stream.of(rules))
                .toList();
        return new WithoutRule("remove-page.pml", definitions, failures);
    }

    @ParameterizedTest
    @MethodSource("racesWithoutARule")
    void withoutARuleOfTheContextWordItFails(WithoutRule race, @TempDir Path scratch)
            throws IOException, InterruptedException {
        assertFailsBy(race.failures(), Spin.find().verify(scratch, race.model(), race.definitions()));
    }

    private static void assertFailsBy(Set<String> failures, Spin.Report report) {
        assertTrue(report.isExhaustive(), report::output);
        assertTrue(report.states() > 1_000, report::output);
        assertEquals(failures, report.failures(), report::output);
        assertEquals(failures.isEmpty(), report.errors() == 0, report::output);
    }
}
