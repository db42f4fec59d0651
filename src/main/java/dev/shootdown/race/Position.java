package dev.shootdown.race;

/** Whether a walk came to a table at the victim's level. */
public enum Position {
    /** It did: it had the parent entry, and loaded from the table, or was turned away by what guards tables. */
    ENTERED_VICTIM,
    /** It did, and came as far as the page: it was about to pin or to use it. */
    REACHED_PAGE,
    /** It ended before. */
    STAYED_OUTSIDE
}
