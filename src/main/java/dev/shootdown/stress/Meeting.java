package dev.shootdown.stress;

/** Whether the actors of a sample meet before they start. Chosen by the system property {@value #PROPERTY}. */
enum Meeting {
    /** They meet at a rendezvous, then start with a skew. */
    RENDEZVOUS,
    /** They start whenever jcstress lets them. */
    NONE;

    /** {@code on} (the default) or {@code off}. */
    static final String PROPERTY = "shootdown.rendezvous";

    static Meeting chosen() {
        String value = System.getProperty(PROPERTY, "on");
        return switch (value) {
            case "on" -> RENDEZVOUS;
            case "off" -> NONE;
            default -> throw new IllegalArgumentException(PROPERTY + " must be on or off, not " + value);
        };
    }
}
