package dev.shootdown.race;

/** Whether a walk loaded an entry from a table at the victim's level. */
public enum Position {
    /** It did: it had followed the parent entry. */
    ENTERED_VICTIM,
    /** It ended before. */
    STAYED_OUTSIDE
}
