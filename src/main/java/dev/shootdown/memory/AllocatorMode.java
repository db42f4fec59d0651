package dev.shootdown.memory;

/** What becomes of a freed frame. */
public enum AllocatorMode {
    /** It keeps its poison and is never handed out again: a late read always finds {@link Poison#FREED}. */
    QUARANTINE,
    /** It is the first to be handed out again: a late read may find somebody else's contents. */
    RECYCLE
}
