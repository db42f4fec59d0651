package dev.shootdown.race;

import dev.shootdown.race.TruthTable.Told;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.walk.Recheck;
import java.util.EnumSet;
import java.util.Set;

/**
 * Under which conditions a row of the truth table holds.
 *
 * @param shootdowns over which dispatchers
 * @param told whether the walker's hart is in the mask
 * @param presence whether it is away for a time
 * @param rechecks which entries the walker loads again
 * @param freed what becomes of freed frames
 * @param victims up to which level tables are freed
 */
public record Circumstances(
        Set<Shootdowns> shootdowns,
        Set<Told> told,
        Set<WalkerPresence> presence,
        Set<Recheck> rechecks,
        Set<FreedFrames> freed,
        Set<TableLevel> victims) {
    /** Copies the sets. */
    public Circumstances {
        shootdowns = Set.copyOf(shootdowns);
        told = Set.copyOf(told);
        presence = Set.copyOf(presence);
        rechecks = Set.copyOf(rechecks);
        freed = Set.copyOf(freed);
        victims = Set.copyOf(victims);
    }

    /**
     * Over every dispatcher, whatever else; the walker is a correct one, which loads both entries again, and its hart sets its bit
     * in the mask with a barrier, if at all.
     */
    static Circumstances anywhere() {
        return new Circumstances(
                EnumSet.allOf(Shootdowns.class),
                EnumSet.of(Told.TOLD, Told.UNTOLD),
                EnumSet.allOf(WalkerPresence.class),
                EnumSet.of(Recheck.PMD_AND_PTE),
                EnumSet.allOf(FreedFrames.class),
                EnumSet.allOf(TableLevel.class));
    }

    /** Over these dispatchers, whatever else. */
    static Circumstances over(Shootdowns first, Shootdowns... others) {
        return anywhere().withShootdowns(EnumSet.of(first, others));
    }

    private Circumstances withShootdowns(Set<Shootdowns> change) {
        return new Circumstances(change, told, presence, rechecks, freed, victims);
    }

    /** The mask is exact. */
    Circumstances inMask() {
        return new Circumstances(shootdowns, EnumSet.of(Told.TOLD), presence, rechecks, freed, victims);
    }

    /** The mask becomes exact too late: nothing orders the bit before what the walker reads. */
    Circumstances inMaskUnordered() {
        return new Circumstances(shootdowns, EnumSet.of(Told.UNORDERED), presence, rechecks, freed, victims);
    }

    /** The mask is stale, or the walker's address space is a foreign one. */
    Circumstances notInMask() {
        return new Circumstances(shootdowns, EnumSet.of(Told.UNTOLD), presence, rechecks, freed, victims);
    }

    /** The hart is so. */
    Circumstances when(WalkerPresence first, WalkerPresence... others) {
        return new Circumstances(shootdowns, told, EnumSet.of(first, others), rechecks, freed, victims);
    }

    /** The walker loads these entries again. */
    Circumstances rechecking(Recheck first, Recheck... others) {
        return new Circumstances(shootdowns, told, presence, EnumSet.of(first, others), freed, victims);
    }

    /** Freed frames become that. */
    Circumstances freed(FreedFrames first, FreedFrames... others) {
        return new Circumstances(shootdowns, told, presence, rechecks, EnumSet.of(first, others), victims);
    }

    /** Pte tables are freed, and none above. */
    Circumstances ofPteTables() {
        return new Circumstances(shootdowns, told, presence, rechecks, freed, EnumSet.of(TableLevel.PTE));
    }

    /** Tables above the pte tables are freed as well. */
    Circumstances ofTablesAbove() {
        return new Circumstances(
                shootdowns, told, presence, rechecks, freed, EnumSet.complementOf(EnumSet.of(TableLevel.PTE)));
    }

    boolean cover(Race race) {
        return race.shootdown() instanceof Shootdowns shootdown
                && shootdowns.contains(shootdown)
                && told.contains(Told.of(race.conditions().mask()))
                && presence.contains(race.conditions().presence())
                && rechecks.contains(race.conditions().recheck())
                && freed.contains(race.conditions().freedFrames())
                && victims.contains(race.conditions().victim());
    }
}
