package dev.shootdown.museum;

import dev.shootdown.race.Expectation;
import dev.shootdown.race.Race;
import dev.shootdown.race.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * One form of a scenario.
 *
 * @param form which
 * @param difference what is special about this form, in a sentence
 * @param race the race; it states what must come out of it, or the truth table knows
 * @param telling of a broken form: steps that the shortest failing execution contains, in this order
 * @param explorerOnly of a broken form: why no stress test shows it; empty if one does
 */
public record Exhibit(Form form, String difference, Race race, List<Beat> telling, Optional<String> explorerOnly) {
    /** The forms of a scenario. */
    public enum Form {
        /** As it was. */
        BROKEN,
        /** As it was mended. */
        FIXED,
        /** What another fix would have done. */
        NEXT_BEST
    }

    /**
     * Checks that the form and what must come out go together.
     *
     * @throws IllegalArgumentException if nobody knows what must come out, or a fixed form must fail, a broken one must not, or
     *     a broken one has nothing to tell
     */
    public Exhibit {
        telling = List.copyOf(telling);
        Verdict verdict = race.expectation()
                .map(Expectation::verdict)
                .orElseThrow(() -> new IllegalArgumentException("nobody knows what must come out of " + race.id()));
        boolean fits = switch (form) {
            case BROKEN -> verdict == Verdict.UNSAFE && !telling.isEmpty();
            case FIXED -> verdict == Verdict.SAFE;
            case NEXT_BEST -> true;
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    race.id() + " is expected to be " + verdict + ", and tells " + telling + ": it is not " + form);
        }
    }

    /**
     * {@return the broken form, with the steps by which it fails}
     *
     * @param race one that must fail
     * @param difference what is special about the form
     * @param telling at least one, in order
     */
    public static Exhibit broken(Race race, String difference, Beat... telling) {
        return new Exhibit(Form.BROKEN, difference, race, List.of(telling), Optional.empty());
    }

    /**
     * {@return the form that was merged}
     *
     * @param race one that must not fail
     * @param difference what is special about the form
     */
    public static Exhibit fixed(Race race, String difference) {
        return new Exhibit(Form.FIXED, difference, race, List.of(), Optional.empty());
    }

    /**
     * {@return what another fix would have done}
     *
     * @param race one of which it is known what must come out
     * @param difference what is special about the form
     */
    public static Exhibit nextBest(Race race, String difference) {
        return new Exhibit(Form.NEXT_BEST, difference, race, List.of(), Optional.empty());
    }

    /**
     * Says that no stress test shows this form.
     *
     * @param reason a sentence
     * @return the changed exhibit
     */
    public Exhibit byTheExplorerOnly(String reason) {
        return new Exhibit(form, difference, race, telling, Optional.of(reason));
    }
}
