package dev.shootdown.report;

import dev.shootdown.race.Race;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Stressed;
import dev.shootdown.stress.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What came of stressing races of the catalogue in the VM of the run.
 *
 * @param planned the races that were to be stressed
 * @param seen what was seen of each, in the order of the plan, as far as it came
 * @param findings which of them broke, with a word why
 */
public record CellRun(List<Race> planned, List<Stressed> seen, List<Finding> findings) {
    /** Copies the lists. */
    public CellRun {
        planned = List.copyOf(planned);
        seen = List.copyOf(seen);
        findings = List.copyOf(findings);
    }

    /** What was seen of the race of that id. */
    Optional<Stressed> of(String raceId) {
        return seen.stream().filter(each -> each.race().id().equals(raceId)).findFirst();
    }

    /** Whether a race was seen to fail. */
    static boolean failed(Stressed seen) {
        return seen.verdict() == StressVerdict.UNSAFE;
    }
}
