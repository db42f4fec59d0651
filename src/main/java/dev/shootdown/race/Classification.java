package dev.shootdown.race;

import dev.shootdown.walk.WalkOutcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the classifiers of a race say of a sample or execution that is over. */
final class Classification {
    /** A classifier, and what it may name. */
    private record Entry(OutcomeClassifier classifier, Set<OwnOutcome> declared) {}

    private final List<Entry> entries;

    private final String race;

    Classification(Race race) {
        this.race = race.id();
        this.entries = race.classifiers().stream()
                .map(each -> new Entry(each, Set.copyOf(each.outcomes())))
                .toList();
    }

    /**
     * The worst of what they name; of equals the first.
     *
     * @throws ClassifierBroke if one threw, or named what it has not declared
     */
    Optional<OwnOutcome> of(RaceSite site, List<WalkOutcome> walks) {
        Optional<OwnOutcome> worst = Optional.empty();
        for (Entry entry : entries) {
            Optional<OwnOutcome> named = named(entry, site, walks);
            if (named.isPresent()) {
                worst = worst.isEmpty() || isWorse(named.get(), worst.get()) ? named : worst;
            }
        }
        return worst;
    }

    private Optional<OwnOutcome> named(Entry entry, RaceSite site, List<WalkOutcome> walks) {
        OutcomeClassifier classifier = entry.classifier();
        Optional<OwnOutcome> named;
        try {
            named = classifier.classify(site, walks);
        } catch (RuntimeException | Error e) {
            throw new ClassifierBroke("the classifier " + classifier.name() + " of " + race + " threw: " + e, e);
        }
        if (named.isPresent() && !entry.declared().contains(named.get())) {
            throw new ClassifierBroke("the classifier " + classifier.name() + " of " + race + " named " + named.get()
                    + ", which is not among its outcomes " + classifier.outcomes());
        }
        return named;
    }

    private static boolean isWorse(OwnOutcome one, OwnOutcome other) {
        return one.grade().compareTo(other.grade()) > 0;
    }
}
