package dev.shootdown.junit;

/** What a {@link RaceTest} runs its races on. */
public enum RaceEngine {
    /** Every interleaving, once under each memory model of {@link RaceTest#models}. */
    EXPLORE,
    /** The host, for {@link RaceTest#stressMillis}. */
    STRESS
}
