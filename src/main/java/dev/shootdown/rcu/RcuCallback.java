package dev.shootdown.rcu;

import dev.shootdown.hart.Hart;

/** What runs after a grace period: the function of a {@code struct rcu_head}, with one word of argument. */
@FunctionalInterface
public interface RcuCallback {
    /** Runs once, on the hart that polls. It may not wait for a grace period. */
    void run(Hart runner, long argument);
}
