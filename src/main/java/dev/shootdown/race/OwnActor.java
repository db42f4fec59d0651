package dev.shootdown.race;

/**
 * A third actor that belongs to a mutator's kind, for races with {@link ThirdActor#OWN}: a fault that refills what the mutator
 * empties, say, or another process. Like every part, it shares words of the machine with the others and nothing else.
 */
public interface OwnActor extends Named {
    /**
     * {@return what the actor does, once a sample or execution, on {@link RaceSite#thirdHart()}} What it queues for RCU
     * it must wait for itself: the mutator may be done by then.
     *
     * @param site of the first walker
     */
    Runnable on(RaceSite site);
}
