package dev.shootdown.stress;

import java.util.OptionalDouble;

/**
 * How often a race failed: failures over the contended samples, or over the failures themselves where these are more. A sample can
 * fail without counting as contended, because that is noticed apart from what the walk came to; so the plain quotient could exceed
 * one.
 */
public final class FailureRate {
    private FailureRate() {}

    /**
     * {@return failures over the larger of contended and failed samples, at most 1; empty if there are neither}
     *
     * @param failures samples that failed
     * @param contended samples in which a free was attempted while a walk that had seen the old entry was open
     */
    public static OptionalDouble of(long failures, long contended) {
        long samples = Math.max(failures, contended);
        return samples > 0 ? OptionalDouble.of((double) failures / samples) : OptionalDouble.empty();
    }
}
