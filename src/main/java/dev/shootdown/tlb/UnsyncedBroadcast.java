package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;

/**
 * {@link HardwareBroadcast} without its completion barrier: the messages are on their way and nobody waits for them. A
 * mistake, and the one dispatcher with no full barrier anywhere: nothing in it orders the sender's unhook before what it loads
 * next. Here the messages arrive after everything else.
 */
public final class UnsyncedBroadcast implements Shootdown {
    private static final String REGION = "interconnect";

    private final FenceMailbox interconnect;

    /**
     * The dispatcher of a machine whose description went through {@link #addRegion}.
     *
     * @param machine whose harts it fences
     */
    public UnsyncedBroadcast(Machine machine) {
        this.interconnect = new FenceMailbox(machine, REGION);
    }

    /**
     * {@return the description with a region for the messages under way}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return FenceMailbox.addRegion(spec, REGION);
    }

    @Override
    public RfenceRoute route() {
        return RfenceRoute.M_MODE;
    }

    @Override
    public Reach reach() {
        return Reach.EVERY_HART;
    }

    @Override
    @Mirrors("invlpgb_flush_user_nr_nosync")
    public void fence(Hart sender, long targets, FlushRange range) {
        interconnect.post(targets, range.sfence().scope());
    }
}
