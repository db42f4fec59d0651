package dev.shootdown.pagetable;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.memory.Words;
import java.util.Optional;

/** Which harts are in a lockless walk, a flag a hart: so that a freer need interrupt only those. */
public final class WalkTracker {
    private static final String REGION = "walk_tracker";

    private static final long IDLE = 0;
    private static final long WALKING = 1;

    private final Machine machine;
    private final Words words;
    private final long[] flags;

    /**
     * The tracker of a machine whose description went through {@link #addRegion}.
     *
     * @param machine whose harts it tracks
     */
    public WalkTracker(Machine machine) {
        this.machine = machine;
        this.words = machine.words();
        this.flags = machine.regionsOfHarts(REGION);
    }

    /**
     * {@return the tracker of a machine, if it has one}
     *
     * @param machine its description says whether there is one
     */
    public static Optional<WalkTracker> of(Machine machine) {
        return machine.spec().hasRegionOfHarts(REGION) ? Optional.of(new WalkTracker(machine)) : Optional.empty();
    }

    /**
     * {@return the description with a flag a hart, if it did not have them yet}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.hasRegionOfHarts(REGION) ? spec : spec.withRegionOfHarts(REGION, 1);
    }

    /**
     * The hart begins to walk.
     *
     * @param hart the one whose thread calls
     */
    @Mirrors("set flag, smp_mb")
    public void begin(Hart hart) {
        // Full barrier: the flag is up before the walk's first load; pairs with the barrier between a freer's unhook
        // and walking's loads.
        words.getAndSet(flagOf(hart.id()), WALKING);
    }

    /**
     * The hart has walked.
     *
     * @param hart the one whose thread calls
     */
    public void end(Hart hart) {
        // Release: the walk's loads come before; pairs with walking's acquire.
        words.setRelease(flagOf(hart.id()), IDLE);
    }

    /** {@return the harts that walk now, a bit each} Whoever asks must have put a full barrier after its unhook. */
    @Mirrors("smp_rmb, read flags")
    public long walking() {
        long mask = 0;
        for (int id = 0; id < machine.harts(); id++) {
            // Acquire: pairs with end's release; the walk that it ended is over.
            mask |= words.getAcquire(flagOf(id)) == WALKING ? 1L << id : 0;
        }
        return mask;
    }

    private long flagOf(int id) {
        return flags[id];
    }
}
