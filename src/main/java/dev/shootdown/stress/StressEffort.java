package dev.shootdown.stress;

import java.time.Duration;

/**
 * How hard a single fork works, and when it is given up.
 *
 * @param iteration the wall time of one measurement iteration
 * @param iterations how many of them a fork does
 * @param strideSize states an actor runs through between two meetings of all actors; small strides race more often
 * @param strideCount strides between two rounds of arbiter and reset; with the size it gives the states alive at once
 * @param heapMegabytes the fork's fixed heap; jcstress shrinks the strides so that the states fit in a quarter of it
 * @param grace how far past its planned time a fork may run before it counts as hung
 */
public record StressEffort(
        Duration iteration, int iterations, int strideSize, int strideCount, int heapMegabytes, Duration grace) {

    private static final Duration STANDARD_GRACE = Duration.ofSeconds(30);

    /** A fork whose fixed cost counts: few states, because jcstress tries them out thirty times before it measures. */
    static StressEffort brief(Duration iteration) {
        return new StressEffort(iteration, 1, 8, 4, 256, STANDARD_GRACE);
    }

    /** A fork that runs long enough for that not to matter; its machines still fit into a core's second-level cache. */
    static StressEffort lasting(Duration iteration, int iterations) {
        return new StressEffort(iteration, iterations, 16, 16, 256, STANDARD_GRACE);
    }

    /** The same for so many times as long. */
    StressEffort times(int patience) {
        return new StressEffort(
                iteration.multipliedBy(patience), iterations, strideSize, strideCount, heapMegabytes, grace);
    }

    /** The same, with iterations of at least this time. */
    StressEffort ofAtLeast(Duration least) {
        Duration longer = iteration.compareTo(least) < 0 ? least : iteration;
        return new StressEffort(longer, iterations, strideSize, strideCount, heapMegabytes, grace);
    }

    /** {@return the measuring time of one fork} */
    public Duration planned() {
        return iteration.multipliedBy(iterations);
    }

    /** {@return the time after which a fork counts as hung} */
    public Duration limit() {
        return planned().plus(grace);
    }
}
