package dev.shootdown.explore;

import dev.shootdown.explore.WordPlaces.Kind;
import dev.shootdown.explore.WordPlaces.Place;

/** What a step did, in words. */
final class StepText {
    private final WordNames names;

    StepText(WordNames names) {
        this.names = names;
    }

    String of(Step step) {
        String word = names.word(step.offset(), step.number());
        String value = names.value(step.offset(), step.value(), step.number());
        return switch (step.kind()) {
            case BEGIN -> "begins";
            case LOAD, AWAIT -> word + " → " + value;
            case STORE -> stored(step, word, value);
            case BUFFER -> "buffers " + word + " := " + value;
            case DRAIN -> "drains " + stored(step, word, value);
            case READ_MODIFY_WRITE -> exchanged(step, word, value);
            case COMPARE_FAILED -> word + " → " + value + ", not as expected";
            case FENCE -> "full fence";
        };
    }

    private String stored(Step step, String word, String value) {
        return names.places().at(step.offset()).kind() == Kind.STATE
                ? changed(step, word, value)
                : word + " := " + value;
    }

    private String changed(Step step, String word, String value) {
        return word + ": " + names.value(step.offset(), step.before(), step.number()) + " → " + value;
    }

    private String exchanged(Step step, String word, String value) {
        Place place = names.places().at(step.offset());
        if (step.before() == step.value()) {
            return word + " → " + value;
        }
        return switch (place.kind()) {
            case CONTEXT -> context(step, place, word);
            case FRAME -> word + " := " + value;
            case BITMAP -> word + ": " + bits(step, place);
            case NONE,
                    MAILBOX,
                    COUNTER,
                    RCU,
                    FIRMWARE,
                    INTERCONNECT,
                    MM,
                    REFERENCES,
                    STATE,
                    TABLE_COUNT,
                    TABLE_LOCK,
                    OTHER -> changed(step, word, value);
        };
    }

    private static String context(Step step, Place place, String word) {
        String change = ContextText.change(step.before(), step.value());
        return place.hart() == step.hart() ? change : word + ": " + change;
    }

    private String bits(Step step, Place place) {
        long changed = step.before() ^ step.value();
        long frame =
                names.places().firstFrame() + (long) place.index() * Long.SIZE + Long.numberOfTrailingZeros(changed);
        return ((step.value() & changed) == 0 ? "takes" : "adds") + " frame 0x" + Long.toHexString(frame);
    }
}
