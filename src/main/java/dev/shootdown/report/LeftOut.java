package dev.shootdown.report;

import dev.shootdown.report.VerdictsDocument.Explored;
import dev.shootdown.report.VerdictsDocument.Race;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.Numbers;
import dev.shootdown.stress.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a run did not do, a sentence each. */
final class LeftOut {
    private final VerdictsDocument document;

    private LeftOut(VerdictsDocument document) {
        this.document = document;
    }

    /** Nothing if each race was explored under each model, and stressed. */
    static List<String> of(VerdictsDocument document) {
        LeftOut leftOut = new LeftOut(document);
        List<String> lines = new ArrayList<>();
        leftOut.notExplored(lines);
        leftOut.onlyExplored(lines);
        leftOut.stressed()
                .filter(seen -> seen.notRun() != null)
                .forEach(seen -> lines.add(seen.shortName() + ": " + seen.notRun()));
        return lines;
    }

    private Stream<Stressed> stressed() {
        return document.races().stream().map(Race::stressed).filter(Objects::nonNull);
    }

    private void notExplored(List<String> lines) {
        if (document.exploration() == null) {
            lines.add("Exploration did not take part in this run.");
            return;
        }
        document.exploration().memoryModels().stream()
                .filter(model -> model.notRun() > 0)
                .forEach(model -> lines.add(Numbers.counted(model.notRun(), "race") + " not explored under "
                        + model.memoryModel() + ": the table above says which."));
    }

    private void onlyExplored(List<String> lines) {
        long only = document.races().stream()
                .filter(race -> race.stressed() == null)
                .filter(race -> !race.explored().stream().allMatch(Explored::notRun))
                .count();
        if (only > 0) {
            lines.add(Numbers.counted(only, "race") + " explored and not stressed: " + why());
        }
    }

    private String why() {
        if (stressed().findAny().isEmpty()) {
            return document.completeness().equals("COMPLETE")
                    ? "stress did not take part in this run."
                    : "the stress run was not over when this was written.";
        }
        String thorough = "those of the catalogue that have two actors";
        return document.profile().equals(Profile.THOROUGH.label())
                ? "no jcstress test is theirs, and in its own VM a thorough run stresses only " + thorough + "."
                : "no jcstress test is theirs. `mvn verify -Pthorough` stresses " + thorough + ".";
    }
}
