package dev.shootdown.explore.faults;

import static dev.shootdown.explore.faults.Part.FENCES;
import static dev.shootdown.explore.faults.Part.INTERRUPTS;
import static dev.shootdown.explore.faults.Part.INTERRUPTS_AND_FENCES;
import static dev.shootdown.explore.faults.Part.INTERRUPTS_AND_SYNCHRONIZES;
import static dev.shootdown.explore.faults.Part.INTERRUPTS_ONLY;
import static dev.shootdown.explore.faults.Part.READS_UNDER_RCU;
import static dev.shootdown.explore.faults.Part.READS_WITH_INTERRUPTS_OFF;
import static dev.shootdown.explore.faults.Part.RESTS;
import static dev.shootdown.explore.faults.Part.STORES_BY_INTERRUPT;
import static dev.shootdown.explore.faults.Part.SYNCHRONIZES;
import static dev.shootdown.explore.faults.Part.UNHOOKS_BY_INTERRUPT;
import static dev.shootdown.explore.faults.Part.WALKS_IN_HARDWARE;
import static dev.shootdown.explore.faults.Symptom.FORBIDDEN;
import static dev.shootdown.explore.faults.Symptom.STUCK;
import static dev.shootdown.race.MemoryModel.SC;
import static dev.shootdown.race.MemoryModel.TSO;

import dev.shootdown.explore.Program;
import dev.shootdown.explore.RacePrograms;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;

/**
 * The rules of the context word, dropped one at a time, and its read-modify-writes, each done as a load and a store
 * ({@link Weakened}). Two things are lost then: what another hart does to the word in between (LOSSY), which shows under every
 * model, and the barrier (WEAK), which shows where stores are delayed.
 */
enum ContextWordFault implements PlantedFault {
    /** The first rule dropped. A request that is posted while a handler runs is cleared by it, and never served. */
    REQUESTS_LEFT_IN_PLACE(program(RESTS, INTERRUPTS, INTERRUPTS), RequestsLeftInPlace::new, SC, STUCK),
    /** The second rule dropped. A walk begins while the handler runs that unhooks what it reads. */
    SECTIONS_START_IN_HANDLERS(
            program(READS_WITH_INTERRUPTS_OFF, UNHOOKS_BY_INTERRUPT),
            (words, layout) -> new SectionsStartInHandlers(words),
            SC,
            FORBIDDEN),
    /** The ticket counts the run under way. A sender returns although its own function has not run. */
    RUN_UNDER_WAY_COUNTS(program(RESTS, INTERRUPTS_ONLY, STORES_BY_INTERRUPT), RunUnderWayCounts::new, SC, FORBIDDEN),

    /** {@code local_irq_save} by a load and a store: the store is delayed, and the grace period does not see the walker. */
    WEAK_INTERRUPTS_GO_OFF(
            graceAgainst(Walkers.FAST_GUP), Weakened.of(ContextAccess.INTERRUPTS_GO_OFF), TSO, FORBIDDEN),
    /** The same under an interrupt: the store wipes out the request, and the sender waits for it to be served. */
    LOSSY_INTERRUPTS_GO_OFF(
            program(READS_WITH_INTERRUPTS_OFF, INTERRUPTS), Weakened.of(ContextAccess.INTERRUPTS_GO_OFF), SC, STUCK),
    /** {@code local_irq_restore} by a load and a store: a request that came in between is lost. */
    LOSSY_INTERRUPTS_COME_ON(
            program(READS_WITH_INTERRUPTS_OFF, INTERRUPTS), Weakened.of(ContextAccess.INTERRUPTS_COME_ON), SC, STUCK),
    /** The request by a load and a store: it puts back the interrupts-off bit of a walker that has left. */
    LOSSY_POST(program(READS_WITH_INTERRUPTS_OFF, INTERRUPTS), Weakened.of(ContextAccess.POST), SC, STUCK),
    /** A sender's claim by a load and a store: a section that began in between is overlooked, and its end breaks the word. */
    LOSSY_CLAIM_BY_WAITER(
            program(READS_WITH_INTERRUPTS_OFF, INTERRUPTS_AND_SYNCHRONIZES),
            Weakened.of(ContextAccess.CLAIM_BY_WAITER),
            SC,
            STUCK),
    /** A hart's own claim by a load and a store: the sender has claimed in between, and one request has two handler runs. */
    LOSSY_CLAIM(
            program(READS_WITH_INTERRUPTS_OFF, INTERRUPTS_AND_SYNCHRONIZES),
            Weakened.of(ContextAccess.CLAIM),
            SC,
            STUCK),
    /** The acknowledgement by a load and a store: a second sender's request that came in between is lost. */
    LOSSY_ACKNOWLEDGE(program(RESTS, INTERRUPTS, INTERRUPTS), Weakened.of(ContextAccess.ACKNOWLEDGE), SC, STUCK),
    /** The grace period's look by a load and a store: it puts back the interrupts-off bit of a walker that has left. */
    LOSSY_OBSERVE_BY_GRACE_PERIOD(
            program(READS_WITH_INTERRUPTS_OFF, SYNCHRONIZES), Weakened.of(ContextAccess.OBSERVE), SC, STUCK),
    /** The same of the M-mode fence, which looks for a hardware walk. */
    LOSSY_OBSERVE_BY_FENCE(program(WALKS_IN_HARDWARE, FENCES), Weakened.of(ContextAccess.OBSERVE), SC, STUCK),
    /** The grace period's look by a load alone: the unhook is still delayed when no walker is there yet. */
    WEAK_OBSERVE_BY_GRACE_PERIOD(program(READS_WITH_INTERRUPTS_OFF, SYNCHRONIZES), ObservedByLoad::new, TSO, FORBIDDEN),
    /** The same of the M-mode fence. */
    WEAK_OBSERVE_BY_FENCE(program(WALKS_IN_HARDWARE, FENCES), ObservedByLoad::new, TSO, FORBIDDEN),
    /** {@code rcu_read_lock} by a load and a store: delayed like interrupts-off. */
    WEAK_RCU_READ_LOCK(graceAgainst(Walkers.RCU_WALK), Weakened.of(ContextAccess.RCU_READ_LOCK), TSO, FORBIDDEN),
    /** {@code rcu_read_unlock} by a load and a store: interrupts are on, so a request may come in between, and is lost. */
    LOSSY_RCU_READ_UNLOCK(
            program(READS_UNDER_RCU, INTERRUPTS_AND_SYNCHRONIZES),
            Weakened.of(ContextAccess.RCU_READ_UNLOCK),
            SC,
            STUCK),
    /** The begin of a hardware walk by a load and a store: delayed like interrupts-off. */
    WEAK_HARDWARE_WALK_BEGINS(
            program(WALKS_IN_HARDWARE, FENCES), Weakened.of(ContextAccess.HARDWARE_WALK_BEGINS), TSO, FORBIDDEN),
    /** Its end by a load and a store: a request that came in between is lost. */
    LOSSY_HARDWARE_WALK_ENDS(
            program(WALKS_IN_HARDWARE, INTERRUPTS_AND_FENCES),
            Weakened.of(ContextAccess.HARDWARE_WALK_ENDS),
            SC,
            STUCK),
    /** The begin of an M-mode fence by a load and a store: it wipes out the walk that began in between, and overtakes it. */
    LOSSY_MACHINE_MODE_BEGINS(RacePrograms.of(fenced()), Weakened.of(ContextAccess.MACHINE_MODE_BEGINS), SC, FORBIDDEN);

    private final Program sound;
    private final Program broken;
    private final MemoryModel showsFrom;
    private final Symptom symptom;

    ContextWordFault(Program sound, Planting fault, MemoryModel showsFrom, Symptom symptom) {
        this.sound = sound;
        this.broken = new PlantedProgram(name(), sound, fault);
        this.showsFrom = showsFrom;
        this.symptom = symptom;
    }

    private static Program program(Part... parts) {
        return UnhookProgram.of(parts);
    }

    /** A walker against tables that are freed after a grace period. */
    private static Program graceAgainst(Walkers walker) {
        return RacePrograms.of(Race.of(walker).shootdown(Shootdowns.SBI_RFENCE).freeing(Freeings.REMOVE_TABLE));
    }

    /** A walker with caches against a fence by firmware, which is all that the free waits for. */
    static Race fenced() {
        return Race.of(Walkers.HARDWARE).shootdown(Shootdowns.SBI_RFENCE).freeing(Freeings.REMOVE_PAGE);
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
        return showsFrom;
    }

    @Override
    public Symptom symptom() {
        return symptom;
    }
}
