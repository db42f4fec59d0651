package dev.shootdown.race;

/** Whether the walker's hart is in {@code mm_cpumask}. */
public enum WalkerMask {
    /** It runs the address space since before the race: its bit is set. */
    RUNNING,
    /** It switches to the address space just before it walks, and sets its bit with a full barrier. */
    SWITCHES_IN,
    /** The same, but nothing orders the bit before what it reads of the tables. A mistake. */
    SWITCHES_IN_UNORDERED,
    /** It never sets its bit: a stale mask, or a reader of an address space that is not its own. */
    ABSENT
}
