package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;

/**
 * Firmware on a thread of its own: the caller posts a request, and {@link #serveUntilStopped} does the fences. Whether the
 * caller waits for them is what tells {@link #waiting} from {@link #posting}. Only one hart may fence.
 */
public final class FirmwareHart implements Shootdown {
    private static final String REGION = "sbi.firmware";

    private final FenceMailbox mailbox;
    private final Completion completion;

    private enum Completion {
        WAITED_FOR,
        NOT_WAITED_FOR
    }

    private FirmwareHart(Machine machine, Completion completion) {
        this.mailbox = new FenceMailbox(machine, REGION);
        this.completion = completion;
    }

    /**
     * {@link SbiRfence} with the firmware on a thread of its own.
     *
     * @param machine one whose description went through {@link #addRegion}
     * @return the dispatcher; some hart must be in {@link #serveUntilStopped}
     */
    public static FirmwareHart waiting(Machine machine) {
        return new FirmwareHart(machine, Completion.WAITED_FOR);
    }

    /**
     * Firmware that does what the SBI specification asks for and no more: success means that the request <em>was
     * sent</em>. The fence is done when its thread gets to it; where nobody runs that thread, after everything else.
     *
     * @param machine one whose description went through {@link #addRegion}
     * @return the dispatcher
     */
    public static FirmwareHart posting(Machine machine) {
        return new FirmwareHart(machine, Completion.NOT_WAITED_FOR);
    }

    /**
     * {@return the description with a region for the request mailbox}
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
    @Mirrors("sbi_ecall")
    public void fence(Hart sender, long targets, FlushRange range) {
        long request = mailbox.post(targets, range.sfence().scope());
        if (completion == Completion.WAITED_FOR) {
            mailbox.awaitCompleted(request);
        }
    }

    /** Tells the firmware's thread that no more requests will come. Called by the only hart that made any. */
    public void stop() {
        mailbox.stop();
    }

    /**
     * Serves requests one after the other until {@link #stop}. Called by the firmware's thread only.
     *
     * @param self the firmware's hart, whose thread calls
     */
    @Mirrors("sbi_tlb_request")
    public void serveUntilStopped(Hart self) {
        mailbox.serveUntilStopped(self);
    }
}
