package dev.shootdown.report.html;

import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.FreerTimes;
import dev.shootdown.stress.Numbers;
import java.util.ArrayList;
import java.util.List;

/** What a cell says of stress. */
final class StressedCell {
    private static final String IN_PROCESS = "threads of the run’s own VM";

    private StressedCell() {}

    static Page.Stressed of(Race race, Stressed stressed, Standing standing, ResultLinks links) {
        boolean ran = stressed.notRun() == null;
        return new Page.Stressed(
                race.wasStressedInProcess() ? IN_PROCESS : stressed.shortName(),
                links.jcstress(stressed.test()).orElse(null),
                ran ? verdict(stressed) : "not run: " + stressed.notRun(),
                standing.disagrees(race, stressed) ? "wrong" : ran ? "right" : "missing",
                ran ? numbers(race, stressed) : List.of());
    }

    private static String verdict(Stressed stressed) {
        Double bound = stressed.upperBound95();
        String word = stressed.verdict().name().replace('_', ' ');
        String atMost = bound == null ? "" : ", at most " + Numbers.share(bound) + " of contended samples (95%)";
        return word + atMost + (stressed.oversubscribed() ? ", oversubscribed" : "");
    }

    private static List<Page.Fact> numbers(Race race, Stressed stressed) {
        List<Page.Fact> facts = new ArrayList<>();
        facts.add(new Page.Fact("by", race.wasStressedInProcess() ? IN_PROCESS : "jcstress"));
        if (stressed.configurations() < stressed.plannedConfigurations()) {
            facts.add(new Page.Fact(
                    "forks ended", stressed.configurations() + " of " + stressed.plannedConfigurations()));
        }
        facts.add(new Page.Fact("hits/s", Numbers.compact(stressed.hitsPerSecond())));
        facts.add(new Page.Fact("samples", Numbers.compact(stressed.samples())));
        facts.add(new Page.Fact("contended", Numbers.compact(stressed.contended())));
        facts.add(new Page.Fact("near misses", Numbers.compact(stressed.nearMisses())));
        facts.add(new Page.Fact("interrupts", interrupts(stressed)));
        facts.add(new Page.Fact("freer takes", freer(stressed)));
        return facts;
    }

    private static String interrupts(Stressed stressed) {
        if (stressed.interruptsSelf() + stressed.interruptsByProxy() == 0) {
            return "none";
        }
        return Numbers.compact(stressed.interruptsSelf()) + ", " + Numbers.compact(stressed.interruptsByProxy())
                + " by proxy";
    }

    private static String freer(Stressed stressed) {
        return FreerTimes.in(stressed.statistics())
                .map(times ->
                        Numbers.nanos(times.quantile(0.5)) + ", 99% within " + Numbers.nanos(times.quantile(0.99)))
                .orElse("not measured");
    }
}
