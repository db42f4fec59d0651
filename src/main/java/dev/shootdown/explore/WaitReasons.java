package dev.shootdown.explore;

import dev.shootdown.explore.Recording.Wait;
import dev.shootdown.explore.Timeline.Waiting;
import dev.shootdown.explore.WordPlaces.Kind;
import dev.shootdown.explore.WordPlaces.Place;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says for whom, and for what, a hart waits. */
final class WaitReasons {
    private static final Pattern CLEAR = Pattern.compile(".*CLEAR 0x([0-9a-f]+).*");
    private static final long EVERY_BIT = -1L;

    private final List<Step> steps;
    private final WordNames names;
    private final ContextHistory contexts;

    WaitReasons(List<Step> steps, WordNames names, ContextHistory contexts) {
        this.steps = steps;
        this.names = names;
        this.contexts = contexts;
    }

    Waiting of(Wait wait) {
        Place place = names.places().at(wait.offset());
        String what = place.kind() == Kind.CONTEXT ? context(wait, place.hart()) : word(wait);
        return new Waiting(wait.hart(), forWhom(wait, place), what, kernel(wait), wait.from(), wait.until());
    }

    /** Whose context it is, if it is somebody else's; else who stored what ended the wait. */
    private int forWhom(Wait wait, Place place) {
        if (place.kind() == Kind.CONTEXT && place.hart() != wait.hart()) {
            return place.hart();
        }
        return steps.stream()
                .filter(step -> step.offset() == wait.offset() && step.hart() != wait.hart())
                .filter(step -> step.number() > wait.from() && step.number() < wait.until())
                .filter(step -> step.kind() != Step.Kind.LOAD && step.kind() != Step.Kind.AWAIT)
                .reduce((earlier, later) -> later)
                .map(Step::hart)
                .orElse(Timeline.NOBODY);
    }

    private String context(Wait wait, int hart) {
        Matcher clear = CLEAR.matcher(wait.awaited());
        long bits = clear.matches() ? Long.parseUnsignedLong(clear.group(1), 16) : EVERY_BIT;
        List<String> sections = ContextText.sections(contexts.after(hart, wait.from()) & bits);
        return sections.isEmpty() ? word(wait) : String.join(", ", sections);
    }

    private String word(Wait wait) {
        return names.word(wait.offset(), wait.from()) + " to be " + wait.awaited();
    }

    /** The function of the step that ends the wait or, if there is none, of the hart's last step. */
    private String kernel(Wait wait) {
        return steps.stream()
                .filter(step -> step.hart() == wait.hart() && step.number() <= wait.until())
                .reduce((earlier, later) -> later)
                .map(TimelineBuilder::kernel)
                .orElse("");
    }
}
