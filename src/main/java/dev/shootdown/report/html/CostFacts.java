package dev.shootdown.report.html;

import dev.shootdown.report.Costs;
import dev.shootdown.report.Costs.Cost;
import dev.shootdown.report.VerdictGrid;
import dev.shootdown.report.VerdictGrid.HartCase;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.stress.Numbers;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What cells say of cost: those of fast GUP whose hart is there and in the mask, because that is what was measured.
 *
 * @param costs what was measured, if anything
 */
record CostFacts(Optional<Costs> costs) {
    private static final String MEASURED_WALKER = "FAST_GUP";

    /** A line for each number of walkers; none if the race was not measured. */
    List<Page.Fact> of(Race race) {
        boolean measured = race.walker().equals(MEASURED_WALKER)
                && VerdictGrid.hartCase(race).filter(HartCase.IN_MASK::equals).isPresent();
        if (!measured) {
            return List.of();
        }
        return costs.stream()
                .flatMap(each -> each.of(race.freeing(), race.shootdown()).stream())
                .map(CostFacts::fact)
                .toList();
    }

    private static Page.Fact fact(Cost cost) {
        String name = "cost, " + Numbers.counted(cost.walkers(), "walker") + (cost.oversubscribed() ? "*" : "");
        return new Page.Fact(name, String.join("; ", freer(cost), others(cost), walker(cost)));
    }

    private static String freer(Cost cost) {
        return "freer " + Numbers.nanos((long) cost.freerNanos()) + ", free after "
                + Numbers.nanos((long) cost.untilFreedNanos());
    }

    private static String others(Cost cost) {
        String firmware = cost.machineModeFences() == 0 ? "" : number(cost.machineModeFences()) + " M-mode fences, ";
        return number(cost.interrupts()) + " interrupts, " + firmware + number(cost.hartsWaitedFor())
                + " harts waited for";
    }

    private static String walker(Cost cost) {
        return "walks take " + Numbers.nanos((long) cost.walkNanos()) + ", × " + number(cost.slowdown());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }

    /** On what, and when, it was measured. */
    Optional<Page.Fact> source() {
        return costs.map(each -> new Page.Fact(
                "Costs measured",
                each.measured().truncatedTo(ChronoUnit.SECONDS) + " on "
                        + each.environment().cpu() + ", "
                        + Numbers.counted(each.environment().cpus(), "CPU") + ", "
                        + each.environment().jdk()
                        + ": means over one unmapping of a page with its table, or one walk, by JMH; * has more threads"
                        + " than CPUs, so that waiting for a hart is often waiting for a thread that does not run"));
    }
}
