package dev.shootdown.report;

import static dev.shootdown.stress.ExitCode.BROKEN;
import static dev.shootdown.stress.ExitCode.NOT_AS_EXPECTED;

import dev.shootdown.explore.CanaryResult;
import dev.shootdown.explore.Exploration;
import dev.shootdown.explore.ExploreVerdict;
import dev.shootdown.explore.ExploredRace;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Outcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceDescription;
import dev.shootdown.race.Verdict;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.Finding;
import dev.shootdown.stress.Finding.Subject.OneExploration;
import dev.shootdown.stress.Numbers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether exploration may be believed: every planned race has, under every model, the verdict that is expected of it
 * there, the failing executions shown are shortest ones, and the canaries came out as the books say.
 *
 * <p>The gate is a function of its arguments: it reads no files and prints nothing.
 */
public final class ExplorationGate {
    private final Explorations seen;
    private final List<Finding> findings = new ArrayList<>();

    private ExplorationGate(Explorations seen) {
        this.seen = seen;
    }

    /**
     * Judges exploration.
     *
     * @param planned the races that had to be explored
     * @param models the memory models, each of which they had to be explored under
     * @param seen what came of it
     * @return one finding for every reason not to believe it
     */
    public static List<Finding> judge(List<Race> planned, List<MemoryModel> models, Explorations seen) {
        ExplorationGate gate = new ExplorationGate(seen);
        gate.judgePlan(planned, models);
        gate.judgeCanaries(models);
        models.forEach(model -> gate.judgeModel(planned, model));
        return List.copyOf(gate.findings);
    }

    private void judgePlan(List<Race> planned, List<MemoryModel> models) {
        if (planned.isEmpty() || models.isEmpty()) {
            findings.add(Finding.ofRun(BROKEN, "No race at all was to be explored, so exploration shows nothing."));
        }
    }

    private void judgeCanaries(List<MemoryModel> models) {
        for (MemoryModel model : models) {
            List<CanaryResult> flown = seen.canaries().stream()
                    .filter(canary -> canary.model() == model)
                    .toList();
            if (flown.isEmpty()) {
                findings.add(Finding.ofRun(
                        BROKEN,
                        "No canary was explored under " + model
                                + ", so nobody knows whether the explorer finds anything there."));
            }
            if (!flown.stream().allMatch(canary -> canary.verdict() == ExploreVerdict.NOT_RUN)) {
                flown.forEach(this::judgeCanary);
            }
        }
    }

    private void judgeCanary(CanaryResult canary) {
        if (canary.isAsExpected()) {
            return;
        }
        String name = "Canary " + canary.canary().name() + " under " + canary.model();
        String why = canary.result().message().map(message -> ": " + message).orElse("");
        boolean broke = canary.verdict() == ExploreVerdict.ERROR;
        findings.add(new Finding(
                new OneExploration(canary.canary().name(), canary.model()),
                broke ? BROKEN : NOT_AS_EXPECTED,
                name + " must come out " + canary.expected() + " but came out " + canary.verdict() + why
                        + ", so the explorer is not to be believed under " + canary.model() + "."));
    }

    private void judgeModel(List<Race> planned, MemoryModel model) {
        List<Optional<ExploredRace>> explored =
                planned.stream().map(race -> seen.of(race.id(), model)).toList();
        Optional<String> refusal = commonRefusal(explored);
        if (refusal.isPresent()) {
            findings.add(
                    Finding.ofRun(NOT_AS_EXPECTED, "Nothing was explored under " + model + ": " + refusal.get() + "."));
            return;
        }
        for (int index = 0; index < planned.size(); index++) {
            judgeRace(planned.get(index), model, explored.get(index));
        }
    }

    /** Why no race was explored, if that is so and the reason is one and the same. */
    private static Optional<String> commonRefusal(List<Optional<ExploredRace>> explored) {
        List<String> reasons = explored.stream()
                .map(race -> race.filter(each -> each.verdict() == ExploreVerdict.NOT_RUN)
                        .flatMap(each -> each.result().message())
                        .orElse(""))
                .distinct()
                .toList();
        return reasons.size() == 1
                ? Optional.of(reasons.getFirst()).filter(reason -> !reason.isEmpty())
                : Optional.empty();
    }

    private void judgeRace(Race planned, MemoryModel model, Optional<ExploredRace> explored) {
        if (explored.isEmpty()) {
            add(planned.id(), model, BROKEN, "is missing: it was to be explored, but there is no trace of it.");
            return;
        }
        ExploredRace race = explored.get();
        String why = race.result().message().orElse("");
        switch (race.verdict()) {
            case SAFE -> judgeSafe(race);
            case UNSAFE -> judgeUnsafe(race);
            case INCONCLUSIVE -> add(race, NOT_AS_EXPECTED, undecided(race));
            case DEADLOCK -> add(race, NOT_AS_EXPECTED, "deadlocks: " + why + ".");
            case ERROR -> add(race, BROKEN, "could not be explored, because something threw: " + why + ".");
            case NOT_RUN -> add(race, NOT_AS_EXPECTED, "was not explored: " + why + ".");
        }
    }

    private static String undecided(ExploredRace race) {
        return "is undecided (expected " + race.expected() + "): a bound was hit after "
                + Numbers.counted(race.executions(), "execution") + " and "
                + Numbers.grouped(race.pruned()) + " pruned, none of which failed.";
    }

    private void judgeSafe(ExploredRace race) {
        if (race.expected() == Verdict.UNSAFE) {
            add(
                    race,
                    NOT_AS_EXPECTED,
                    "must fail" + because(race) + ", but none of its " + Numbers.counted(race.executions(), "execution")
                            + " did.");
        }
    }

    private void judgeUnsafe(ExploredRace race) {
        if (race.expected() == Verdict.SAFE) {
            add(race, NOT_AS_EXPECTED, "is expected SAFE" + because(race) + ", but it fails" + how(race) + ".");
            return;
        }
        Set<Outcome> strange = EnumSet.range(Outcome.READ_FREED_TABLE, Outcome.ACCESS_FAULT);
        race.race().possibleFailures().forEach(failure -> strange.remove(Outcome.of(failure)));
        for (Outcome outcome : strange) {
            if (race.walkOutcomes().contains(outcome.name())) {
                add(
                        race,
                        NOT_AS_EXPECTED,
                        "fails in a way that is not its own: " + outcome + ", where only "
                                + race.race().possibleFailures() + " can be.");
            }
        }
        race.result().exploration().ifPresent(found -> judgeWitness(race, found));
    }

    /** Nothing is wrong with the verdict, but every failing execution that a run shows is said to be a shortest one. */
    private void judgeWitness(ExploredRace race, Exploration found) {
        if (found.witnessLength() != Exploration.WitnessLength.SHORTEST) {
            add(
                    race,
                    NOT_AS_EXPECTED,
                    "fails as it must" + how(found) + ": to look for the shortest failing execution took too long.");
        }
    }

    private static String because(ExploredRace race) {
        RaceDescription known = race.race().describe();
        return " (" + known.reason() + "; " + known.source() + ")";
    }

    private static String how(ExploredRace race) {
        return race.result().exploration().map(ExplorationGate::how).orElse("");
    }

    private static String how(Exploration found) {
        String best =
                found.witnessLength() == Exploration.WitnessLength.SHORTEST ? "" : " (there may be a shorter one)";
        return found.witness()
                .map(witness -> " with " + witness.outcome() + ", at step " + witness.violationStep() + " and after "
                        + Numbers.counted(witness.preemptions(), "preemption") + best)
                .orElse("");
    }

    private void add(ExploredRace race, ExitCode severity, String predicate) {
        add(race.race().id(), race.model(), severity, predicate);
    }

    private void add(String race, MemoryModel model, ExitCode severity, String predicate) {
        findings.add(
                new Finding(new OneExploration(race, model), severity, race + " under " + model + " " + predicate));
    }
}
