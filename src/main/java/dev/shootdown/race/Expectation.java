package dev.shootdown.race;

/**
 * What must come out of a race.
 *
 * @param failsFrom the strongest memory model under which it fails, or NEVER
 * @param reason why, in a sentence
 * @param source the commit, specification section or message that says so
 */
public record Expectation(FailsFrom failsFrom, String reason, String source) {
    /**
     * {@return a race that never fails}
     *
     * @param reason one sentence: why
     * @param source the kernel commit or specification section that it rests on
     */
    public static Expectation safe(String reason, String source) {
        return new Expectation(FailsFrom.NEVER, reason, source);
    }

    /**
     * {@return a race that fails by interleaving alone, under every memory model}
     *
     * @param reason one sentence: why
     * @param source the kernel commit or specification section that it rests on
     */
    public static Expectation unsafe(String reason, String source) {
        return new Expectation(FailsFrom.SC, reason, source);
    }

    /** {@return the verdict under the weakest model} */
    public Verdict verdict() {
        return failsFrom == FailsFrom.NEVER ? Verdict.SAFE : Verdict.UNSAFE;
    }
}
