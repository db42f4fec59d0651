package dev.shootdown.report.html;

/** How a race stands, in a word and a symbol. */
public enum Status {
    /** It does not fail, as expected. */
    SAFE("✓", "SAFE"),
    /** It fails, as expected. */
    UNSAFE("✗", "UNSAFE"),
    /** Something was seen that should not be, or not seen that should. */
    DISAGREES("≠", "DISAGREES"),
    /** Nothing speaks against it, and the run does not show it either: a gate says why. */
    NOT_SHOWN("?", "NOT SHOWN"),
    /** It, or a part of it, was not run. */
    NOT_RUN("○", "NOT RUN");

    private final String symbol;
    private final String word;

    Status(String symbol, String word) {
        this.symbol = symbol;
        this.word = word;
    }

    /** {@return a sign for it that is not told by its colour} */
    public String symbol() {
        return symbol;
    }

    /** {@return a word for it} */
    public String word() {
        return word;
    }

    /** {@return the name for the style sheet} */
    public String css() {
        return Words.dashed(name());
    }
}
