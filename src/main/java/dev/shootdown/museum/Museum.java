package dev.shootdown.museum;

import java.util.List;
import java.util.Optional;

/** All scenarios. A new one is a file beside this and a line here. */
public final class Museum {
    private static final List<Scenario> SCENARIOS = List.of(
            S01_FreedBeforeTheFlush.SCENARIO,
            S02_PagePathUnderSbi.SCENARIO,
            S03_LeafOnlyFence.SCENARIO,
            S04_LastUserFreesAtOnce.SCENARIO,
            S05_LazyTlbWithRcuTables.SCENARIO,
            S06_CollapseUnderGup.SCENARIO,
            S07_TableFreedUnderGup.SCENARIO,
            S08_RetractUnderTheWrongLocks.SCENARIO,
            S09_UnshareHugePmd.SCENARIO,
            S10_UnshareInBatches.SCENARIO,
            S11_KvmWalkWithInterruptsOn.SCENARIO,
            S12_ReclaimOfARefilledTable.SCENARIO,
            S13_PreemptedVcpu.SCENARIO,
            S14_BroadcastWithoutInterrupt.SCENARIO,
            S15_TrackerWithReadBarrier.SCENARIO,
            S16_PtdumpAgainstVmap.SCENARIO,
            S17_IommuCachesKernelTables.SCENARIO,
            S18_PublishedBeforeItsContents.SCENARIO);

    private Museum() {}

    /** {@return the scenarios, by number} */
    public static List<Scenario> all() {
        return SCENARIOS;
    }

    /**
     * {@return the first scenario that has an exhibit of that race}
     *
     * @param raceId as {@link dev.shootdown.race.Race#id} writes it
     */
    public static Optional<Scenario> find(String raceId) {
        return SCENARIOS.stream()
                .filter(scenario -> exhibit(scenario, raceId).isPresent())
                .findFirst();
    }

    /** The exhibit of a scenario that is of that race. */
    static Optional<Exhibit> exhibit(Scenario scenario, String raceId) {
        return scenario.exhibits().stream()
                .filter(each -> each.race().id().equals(raceId))
                .findFirst();
    }
}
