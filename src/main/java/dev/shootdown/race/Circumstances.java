package dev.shootdown.race;

import dev.shootdown.race.TruthTable.Told;
import java.util.EnumSet;
import java.util.Set;

/**
 * Under which conditions a row of the truth table holds.
 *
 * @param shootdowns over which dispatchers
 * @param told whether the walker's hart is in the mask
 * @param presence whether it is away for a time
 */
public record Circumstances(Set<Shootdowns> shootdowns, Set<Told> told, Set<WalkerPresence> presence) {
    /** Copies the sets. */
    public Circumstances {
        shootdowns = Set.copyOf(shootdowns);
        told = Set.copyOf(told);
        presence = Set.copyOf(presence);
    }

    /** Over every dispatcher, whatever else. */
    static Circumstances anywhere() {
        return new Circumstances(
                EnumSet.allOf(Shootdowns.class), EnumSet.allOf(Told.class), EnumSet.allOf(WalkerPresence.class));
    }

    /** Over these dispatchers, whatever else. */
    static Circumstances over(Shootdowns first, Shootdowns... others) {
        return anywhere().withShootdowns(EnumSet.of(first, others));
    }

    private Circumstances withShootdowns(Set<Shootdowns> change) {
        return new Circumstances(change, told, presence);
    }

    /** The mask is exact. */
    Circumstances inMask() {
        return new Circumstances(shootdowns, EnumSet.of(Told.TOLD), presence);
    }

    /** The mask is stale, or the walker's address space is a foreign one. */
    Circumstances notInMask() {
        return new Circumstances(shootdowns, EnumSet.of(Told.UNTOLD), presence);
    }

    /** The hart is so. */
    Circumstances when(WalkerPresence first, WalkerPresence... others) {
        return new Circumstances(shootdowns, told, EnumSet.of(first, others));
    }

    boolean cover(Race race) {
        return race.shootdown() instanceof Shootdowns shootdown
                && shootdowns.contains(shootdown)
                && told.contains(Told.of(race.conditions().mask()))
                && presence.contains(race.conditions().presence());
    }
}
