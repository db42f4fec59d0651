package dev.shootdown.report.html;

import java.util.Locale;

/** The names of constants, as the page spells them. */
final class Words {
    private Words() {}

    /** {@code S_MODE_IPI} as {@code s-mode-ipi}: as in ids, and as classes of the style sheet. */
    static String dashed(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code IN_HANDLER} as {@code in handler}. */
    static String spaced(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The name that something has in links. */
    static String anchor(String id) {
        return id.replaceAll("[^A-Za-z0-9=]+", "-").replace('=', '_');
    }
}
