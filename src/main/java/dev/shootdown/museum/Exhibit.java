package dev.shootdown.museum;

import dev.shootdown.race.Expectation;
import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One form of a scenario.
 *
 * @param form which
 * @param difference what is special about this form, in a sentence
 * @param race the race; it states what must come out of it, or the truth table knows
 * @param telling of a broken form: steps that the shortest failing execution contains, in this order
 * @param otherwise under which models it fails by other steps, and by which
 * @param weakerHost of a broken form that no host with total store order shows, as x86 is: what it takes; empty of all others, which
 *     both engines show anywhere
 */
public record Exhibit(
        Form form,
        String difference,
        Race race,
        List<Beat> telling,
        Map<MemoryModel, List<Beat>> otherwise,
        Optional<String> weakerHost) {
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
     *     a broken one has nothing to tell, or is said to take a weaker host and does not
     */
    public Exhibit {
        telling = List.copyOf(telling);
        otherwise = Map.copyOf(otherwise);
        Expectation expectation = race.expectation()
                .orElseThrow(() -> new IllegalArgumentException("nobody knows what must come out of " + race.id()));
        Verdict verdict = expectation.verdict();
        boolean fits = switch (form) {
            case BROKEN -> verdict == Verdict.UNSAFE && !telling.isEmpty();
            case FIXED -> verdict == Verdict.SAFE;
            case NEXT_BEST -> true;
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    race.id() + " is expected to be " + verdict + ", and tells " + telling + ": it is not " + form);
        }
        if (weakerHost.isPresent() && expectation.failsFrom() != FailsFrom.WEAK) {
            throw new IllegalArgumentException(race.id() + " does not take a weaker host than one with TSO");
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
        return new Exhibit(Form.BROKEN, difference, race, List.of(telling), Map.of(), Optional.empty());
    }

    /**
     * {@return the form that was merged}
     *
     * @param race one that must not fail
     * @param difference what is special about the form
     */
    public static Exhibit fixed(Race race, String difference) {
        return new Exhibit(Form.FIXED, difference, race, List.of(), Map.of(), Optional.empty());
    }

    /**
     * {@return what another fix would have done}
     *
     * @param race one of which it is known what must come out
     * @param difference what is special about the form
     */
    public static Exhibit nextBest(Race race, String difference) {
        return new Exhibit(Form.NEXT_BEST, difference, race, List.of(), Map.of(), Optional.empty());
    }

    /**
     * {@return the same, told in another way under one model}
     *
     * @param model which
     * @param steps by which it fails there
     */
    public Exhibit toldUnder(MemoryModel model, Beat... steps) {
        return new Exhibit(form, difference, race, telling, Map.of(model, List.of(steps)), weakerHost);
    }

    /**
     * {@return the steps by which it fails}
     *
     * @param model under which
     */
    public List<Beat> tellingUnder(MemoryModel model) {
        return otherwise.getOrDefault(model, telling);
    }

    /**
     * Says that no host with total store order shows this broken form.
     *
     * @param reorders what it takes of a host
     * @return the changed exhibit
     */
    public Exhibit onWeakerHosts(String reorders) {
        return new Exhibit(form, difference, race, telling, otherwise, Optional.of(reorders));
    }
}
