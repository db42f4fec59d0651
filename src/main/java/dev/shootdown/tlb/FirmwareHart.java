package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.hart.SfenceVma;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;

/**
 * {@link SbiRfence} with the firmware on a thread of its own: the caller posts a request and waits for its completion, and
 * {@link #serveUntilStopped} does the fences. One request at a time: only one hart may fence.
 */
public final class FirmwareHart implements Shootdown {
    private static final String REGION = "sbi.firmware";
    private static final int WORDS = 4;
    private static final long NO_TARGETS = 0;

    private final Machine machine;
    private final Words words;
    private final long requested;
    private final long completed;
    private final long targetsWord;
    private final long scopeWord;

    /** Firmware of a machine whose description went through {@link #addRegion}. */
    public FirmwareHart(Machine machine) {
        this.machine = machine;
        this.words = machine.words();
        long base = machine.region(REGION);
        this.requested = base;
        this.completed = base + Long.BYTES;
        this.targetsWord = base + 2 * Long.BYTES;
        this.scopeWord = base + 3 * Long.BYTES;
    }

    /** Adds the request mailbox to a machine's image. */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.withRegion(REGION, WORDS);
    }

    @Override
    public RfenceRoute route() {
        return RfenceRoute.M_MODE;
    }

    @Override
    @Mirrors("sbi_ecall")
    public void fence(Hart sender, long targets, FlushRange range) {
        long request = words.getOpaque(completed) + 1;
        words.setOpaque(targetsWord, targets);
        words.setOpaque(scopeWord, range.sfence().scope());
        // Release: the unhook and the targets come before the request; pairs with serveUntilStopped's await.
        words.setRelease(requested, request);
        // Acquire: pairs with serveUntilStopped's release; every target has fenced.
        words.await(completed, Conditions.REACHED, request);
    }

    /** Tells the firmware's thread that no more requests will come. Called by the only hart that made any. */
    public void stop() {
        words.setOpaque(targetsWord, NO_TARGETS);
        // Release: pairs with serveUntilStopped's await.
        words.setRelease(requested, words.getOpaque(completed) + 1);
    }

    /** Serves requests one after the other until {@link #stop}. Called by the firmware's thread only. */
    @Mirrors("sbi_tlb_request")
    public void serveUntilStopped(Hart self) {
        for (long request = 1; ; request++) {
            // Acquire: pairs with fence's release.
            words.await(requested, Conditions.REACHED, request);
            long targets = words.getOpaque(targetsWord);
            if (targets == NO_TARGETS) {
                return;
            }
            // The range is not handed over: firmware may always fence more than it was asked for.
            SfenceVma fence = SfenceVma.of(words.getOpaque(scopeWord), 0, Long.MAX_VALUE);
            SbiRfence.fenceEach(machine, self, targets, fence);
            // Release: the fences come before the completion; pairs with fence's await.
            words.setRelease(completed, request);
        }
    }
}
