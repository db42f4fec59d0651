package dev.shootdown.race;

import java.util.Locale;

/** A part of a race that has a name: an enum constant's, or any in that style. */
public interface Named {
    /**
     * {@return the name as in results, such as {@code SBI_RFENCE}: upper-case letters, digits and single underscores}
     * Give a part of your own another name than the built-in ones have, or nobody can tell their results apart.
     */
    String name();

    /** {@return the same name as in race ids and on the command line, such as {@code sbi-rfence}} */
    default String kebabName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
