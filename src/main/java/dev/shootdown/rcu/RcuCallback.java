package dev.shootdown.rcu;

import dev.shootdown.hart.Hart;

/** What runs after a grace period: the function of a {@code struct rcu_head}, with one word of argument. */
@FunctionalInterface
public interface RcuCallback {
    /**
     * Runs once, on the hart that polls. It may not wait for a grace period.
     *
     * @param runner the hart whose thread calls, interrupts on and outside of any reader
     * @param argument what was given to {@link Rcu#callRcu}
     */
    void run(Hart runner, long argument);
}
