package dev.shootdown.stress;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses how long a walker idles in the middle of its walk, as a real one does on a host TLB miss, an SMI, or a vCPU switch.
 *
 * <p>Two loads of a walk are a few nanoseconds apart, an unhook and the free that follows hundreds: without this a broken
 * race fails only when something outside the program stops the walker at the right place. So all samples but one in
 * {@value #NONE_ONE_IN} idle for up to {@value #REACH} times as long as the mutator needs when nobody holds it up; that is
 * measured, by the shortest of the timed samples, and so is the cost of a step. A safe race idles like its broken twin.
 *
 * <p>Confined to one thread, which is never an actor at that time.
 */
final class Dawdle {
    private static final double REACH = 2;
    private static final int NONE_ONE_IN = 16;
    private static final int LEAST = 64;
    private static final int MOST = 1 << 14;
    private static final int PROBE_STEPS = 512;
    private static final double FORGETTING = 1.05;

    private double mutatorNanos = Double.MAX_VALUE;
    private int longest = LEAST;
    /** Keeps the measured idling from being optimised away. */
    private int idled;

    /** Steps to idle in the next sample. */
    int next(ThreadLocalRandom random) {
        return random.nextInt(NONE_ONE_IN) == 0 ? 0 : random.nextInt(longest + 1);
    }

    /** Takes note of how long a mutator took. A slow one is soon outweighed, a fast one is remembered for a while. */
    void learn(long nanos) {
        mutatorNanos = Math.min(mutatorNanos * FORGETTING, (double) nanos);
        long started = System.nanoTime();
        idled = Skew.idle(PROBE_STEPS + (idled & 1));
        double stepNanos = (double) Math.max(System.nanoTime() - started, 1) / PROBE_STEPS;
        longest = (int) Math.clamp(REACH * mutatorNanos / stepNanos, LEAST, MOST);
    }

    int longest() {
        return longest;
    }
}
