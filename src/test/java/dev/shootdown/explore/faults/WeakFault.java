package dev.shootdown.explore.faults;

import static dev.shootdown.explore.faults.Part.QUEUES_BEHIND_ANOTHER;
import static dev.shootdown.explore.faults.Part.READS_WITH_INTERRUPTS_OFF;
import static dev.shootdown.explore.faults.Part.RUNS_TWO_CALLBACKS;
import static dev.shootdown.explore.faults.Part.STORES_BY_INTERRUPT;

import dev.shootdown.explore.Program;
import dev.shootdown.explore.RacePrograms;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;
import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Walkers;

/** An ordering left out that total store order gives for nothing: only a weak model shows it. */
enum WeakFault implements PlantedFault {
    /** The parent entry is stored without release. Breaks: {@code smp_wmb} in {@code pmd_install}. */
    PUBLISHED_WITHOUT_RELEASE(
            RacePrograms.of(populating()),
            RacePrograms.of(
                    populating().where(conditions -> conditions.withPublishOrder(PublishOrder.ZERO_THEN_PLAIN)))),
    /** Entries are loaded without acquire, which stands for the kernel's address dependency. */
    DESCENT_WITHOUT_ACQUIRE(RacePrograms.of(populating()), OpaqueEntryLoads::new),
    /** {@code call_rcu} fills a slot without release: what is to run is seen before what it is to run on. */
    CALLBACK_QUEUED_WITHOUT_RELEASE(
            UnhookProgram.of(READS_WITH_INTERRUPTS_OFF, QUEUES_BEHIND_ANOTHER, RUNS_TWO_CALLBACKS), OpaqueSlots::new),
    /** A handler run is counted by a load and a store: the sender does not see what the handler did. */
    ACKNOWLEDGED_WITHOUT_RELEASE(
            UnhookProgram.of(READS_WITH_INTERRUPTS_OFF, STORES_BY_INTERRUPT), Weakened.of(ContextAccess.ACKNOWLEDGE)),
    /** The end of an M-mode fence by a load and a store: the next walk meets what was invalidated. */
    WEAK_MACHINE_MODE_ENDS(RacePrograms.of(ContextWordFault.fenced()), Weakened.of(ContextAccess.MACHINE_MODE_ENDS));

    private final Program sound;
    private final Program broken;

    WeakFault(Program sound, Program broken) {
        this.sound = sound;
        this.broken = broken;
    }

    WeakFault(Program sound, Planting fault) {
        this.sound = sound;
        this.broken = new PlantedProgram(name(), sound, fault);
    }

    private static Race populating() {
        return Race.of(Walkers.FAST_GUP).against(Mutators.POPULATE);
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
        return MemoryModel.WEAK;
    }

    @Override
    public Symptom symptom() {
        return Symptom.FORBIDDEN;
    }

    /** Loads of table entries order nothing. */
    private static final class OpaqueEntryLoads extends ForwardingWords {
        private final long dram;

        OpaqueEntryLoads(Words inner, ImageLayout layout) {
            super(inner);
            this.dram = layout.region("dram").offset();
        }

        @Override
        public long getAcquire(long offset) {
            return offset >= dram ? inner.getOpaque(offset) : inner.getAcquire(offset);
        }
    }

    /** Stores of callbacks order nothing. */
    private static final class OpaqueSlots extends ForwardingWords {
        private final RcuRing ring;

        OpaqueSlots(Words inner, ImageLayout layout) {
            super(inner);
            this.ring = new RcuRing(layout);
        }

        @Override
        public void setRelease(long offset, long value) {
            if (ring.isSlot(offset)) {
                inner.setOpaque(offset, value);
            } else {
                inner.setRelease(offset, value);
            }
        }
    }
}
