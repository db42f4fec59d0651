package dev.shootdown.walk;

/** What kind of reference a walk takes. */
public enum PinFlags {
    /** One reference. */
    FOLL_GET(1),
    /** GUP_PIN_COUNTING_BIAS references, and none at all if a fork copied the tables meanwhile. */
    FOLL_PIN(1024);

    private final int references;

    PinFlags(int references) {
        this.references = references;
    }

    /** {@return how many references are taken and dropped} */
    public int references() {
        return references;
    }
}
