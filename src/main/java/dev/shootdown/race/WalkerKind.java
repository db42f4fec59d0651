package dev.shootdown.race;

/** A kind of walker: makes one for each machine. */
public interface WalkerKind extends Named {
    /** A walker on {@link RaceSite#walkerHart()} that has {@link RaceSite#observer()} as its probe. */
    Walker on(RaceSite site);
}
