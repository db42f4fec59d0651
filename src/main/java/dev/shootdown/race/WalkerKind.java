package dev.shootdown.race;

/** A kind of walker: makes one for each machine. */
public interface WalkerKind extends Named {
    /** A walker on {@link RaceSite#walkerHart()} that calls {@link RaceSite#observer()} where its section ends. */
    Walker on(RaceSite site);
}
