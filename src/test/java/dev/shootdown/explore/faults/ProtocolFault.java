package dev.shootdown.explore.faults;

import static dev.shootdown.explore.faults.Part.FLUSHES;
import static dev.shootdown.explore.faults.Part.FLUSHES_ALL_BUT_ONE;
import static dev.shootdown.explore.faults.Part.QUEUES_BEHIND_ANOTHER;
import static dev.shootdown.explore.faults.Part.READS_WITH_INTERRUPTS_OFF;
import static dev.shootdown.explore.faults.Part.RESTS;
import static dev.shootdown.explore.faults.Part.RUNS_TWO_CALLBACKS;
import static dev.shootdown.explore.faults.Part.STORES_BY_INTERRUPT;
import static dev.shootdown.explore.faults.Symptom.FORBIDDEN;
import static dev.shootdown.explore.faults.Symptom.FRAME_MISUSE;
import static dev.shootdown.explore.faults.Symptom.OUTSIDE_MEMORY;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Mutators.COLLAPSE;
import static dev.shootdown.race.Mutators.MUNMAP_PARTIAL;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;

import dev.shootdown.explore.Program;
import dev.shootdown.explore.RacePrograms;
import dev.shootdown.race.FreedFrames;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.walk.Recheck;

/** One step of the protocol left out, doubled, or done too early. All show by interleaving alone, so under every model. */
enum ProtocolFault implements PlantedFault {
    /**
     * The handler run is counted when the request arrives. Breaks: {@code csd_unlock} comes after the function. The sender
     * does not wait for a walker whose interrupts are off.
     */
    ACKNOWLEDGED_ON_ARRIVAL(race(waited()), EarlyAcknowledgement.OnArrival::new, FORBIDDEN),
    /**
     * The handler run is counted in the claim, before the handler begins. Breaks the same rule. Sections do not begin in
     * handlers, so no walker is hurt; but the sender counts on what the handler was to do.
     */
    ACKNOWLEDGED_BEFORE_THE_HANDLER(
            UnhookProgram.of(READS_WITH_INTERRUPTS_OFF, STORES_BY_INTERRUPT),
            EarlyAcknowledgement.InTheClaim::new,
            FORBIDDEN),
    /** The flush leaves out the only other hart. Breaks: every hart in {@code mm_cpumask} is told. */
    ONLY_HART_SKIPPED(race(waited()), race(waited().shootdown(OwnShootdowns.SKIPS_A_HART)), FORBIDDEN),
    /** Of two other harts the flush leaves out the one that walks. */
    ONE_HART_SKIPPED(
            UnhookProgram.of(RESTS, READS_WITH_INTERRUPTS_OFF, FLUSHES),
            UnhookProgram.of(RESTS, READS_WITH_INTERRUPTS_OFF, FLUSHES_ALL_BUT_ONE),
            FORBIDDEN),
    /** Breaks: unhook, then flush. A walk that begins after the flush still finds the table, and nobody waits for it. */
    FLUSH_BEFORE_UNHOOK(
            race(waited().against(OwnUnmappings.UNHOOK_FLUSH_FREE)),
            race(waited().against(OwnUnmappings.FLUSH_UNHOOK_FREE)),
            FORBIDDEN),
    /** Breaks: a grace period begins after the unhook. It waits for the wrong walks. */
    GRACE_PERIOD_BEFORE_UNHOOK(
            race(firmware().against(OwnUnmappings.UNHOOK_FLUSH_GRACE_FREE)),
            race(firmware().against(OwnUnmappings.GRACE_UNHOOK_FLUSH_FREE)),
            FORBIDDEN),
    /** A callback that was queued during a grace period runs at its end. Breaks: {@code call_rcu} waits for one of its own. */
    CALLBACK_A_GRACE_PERIOD_EARLY(
            UnhookProgram.of(READS_WITH_INTERRUPTS_OFF, QUEUES_BEHIND_ANOTHER, RUNS_TWO_CALLBACKS),
            GracePeriodBeforeTheBatch::new,
            FORBIDDEN),
    /**
     * Breaks: {@code tlb_table_flush} forgets the batch that it gave to {@code call_rcu}. The batch goes with its tables, so
     * the second run finds no frame numbers in it but poison.
     */
    BATCH_FREED_TWICE(race(firmware().freeing(REMOVE_TABLE)), QueuedTwice::new, OUTSIDE_MEMORY),
    /** The same for a table with a callback of its own: its descriptor says that it is free already. */
    TABLE_FREED_TWICE(race(firmware().freeing(OwnFreeings.CALL_RCU_FOR_EACH)), QueuedTwice::new, FRAME_MISUSE),
    /** Breaks: {@code gup_fast_pte_range} loads the pte again after the pin. The table stays, the page goes. */
    PTE_RECHECK_DROPPED(
            race(recycled(MUNMAP_PARTIAL)),
            race(recycled(MUNMAP_PARTIAL).where(conditions -> conditions.withRecheck(Recheck.PMD_ONLY))),
            FORBIDDEN),
    /** Breaks: it loads the pmd again too (70cbc3cc78a9). The pmd is cleared, the ptes are left, the page goes. */
    PMD_RECHECK_DROPPED(
            race(recycled(COLLAPSE)),
            race(recycled(COLLAPSE).where(conditions -> conditions.withRecheck(Recheck.PTE_ONLY))),
            FORBIDDEN),
    /**
     * Breaks: {@code try_get_folio} takes no reference where there is none. The pte has changed, the reference is dropped,
     * it was the last one, and a page that is free is freed.
     */
    REFERENCE_FROM_ZERO(
            race(walking(OwnGups.OWN_GUP).against(MUNMAP_PARTIAL).shootdown(SBI_RFENCE)),
            race(walking(OwnGups.TAKES_FROM_ZERO).against(MUNMAP_PARTIAL).shootdown(SBI_RFENCE)),
            FRAME_MISUSE),
    /** Breaks: {@code local_irq_restore} comes last. The pte is loaded again from a table that has gone. */
    INTERRUPTS_RESTORED_BEFORE_THE_PIN(
            race(walking(OwnGups.OWN_GUP)), race(walking(OwnGups.RESTORES_BEFORE_PIN)), FORBIDDEN);

    private final Program sound;
    private final Program broken;
    private final Symptom symptom;

    ProtocolFault(Program sound, Program broken, Symptom symptom) {
        this.sound = sound;
        this.broken = broken;
        this.symptom = symptom;
    }

    ProtocolFault(Program sound, Planting fault, Symptom symptom) {
        this.sound = sound;
        this.broken = new PlantedProgram(name(), sound, fault);
        this.symptom = symptom;
    }

    private static Program race(Race race) {
        return RacePrograms.of(race);
    }

    /** Fast GUP against an unmapping whose flush is a waited S-mode interrupt, tables freed after it. */
    private static Race waited() {
        return walking(FAST_GUP);
    }

    private static Race walking(WalkerKind walker) {
        return Race.of(walker);
    }

    /** Fast GUP against an unmapping whose flush does not wait for it. */
    private static Race firmware() {
        return waited().shootdown(SBI_RFENCE);
    }

    private static Race recycled(Mutators mutator) {
        return firmware()
                .against(mutator)
                .where(conditions -> conditions.withFreedFrames(FreedFrames.RECYCLED_AS_DATA));
    }

    @Override
    public Program sound() {
        return sound;
    }

    @Override
    public Program broken() {
        return broken;
    }

    @Override
    public MemoryModel showsFrom() {
        return MemoryModel.SC;
    }

    @Override
    public Symptom symptom() {
        return symptom;
    }
}
