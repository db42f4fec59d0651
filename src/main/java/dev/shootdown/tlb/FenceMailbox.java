package dev.shootdown.tlb;

import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.SfenceVma;
import dev.shootdown.memory.Conditions;
import dev.shootdown.memory.Words;

/**
 * Fences that one hart asks for and another agent does: firmware, or the interconnect.
 *
 * <pre>
 *   word 0  requested   fences asked for so far
 *        1  completed   fences done so far
 *        2  targets     a bit a hart
 *        3  scope       of the fence; the range is not handed over, because one may always fence more than was asked for
 * </pre>
 *
 * <p>Only one hart may ask. If it asks again before it was served, the targets add up, and the later scope stands for both: who
 * does not wait must ask for all that is still needed. That fences less than a queue would; it shows in no verdict, because
 * whoever frees after a fence that nobody waited for is wrong with a queue too.
 */
final class FenceMailbox {
    private static final int WORDS = 4;
    private static final long NO_TARGETS = 0;

    private final Machine machine;
    private final Words words;
    private final long requested;
    private final long completed;
    private final long targetsWord;
    private final long scopeWord;

    /**
     * The mailbox in a region of the image.
     *
     * @param region its name, which says whose mailbox it is
     */
    FenceMailbox(Machine machine, String region) {
        this.machine = machine;
        this.words = machine.words();
        long base = machine.region(region);
        this.requested = base;
        this.completed = base + Long.BYTES;
        this.targetsWord = base + 2 * Long.BYTES;
        this.scopeWord = base + 3 * Long.BYTES;
    }

    static MachineSpec addRegion(MachineSpec spec, String region) {
        return spec.withRegion(region, WORDS);
    }

    /** Asks for a fence, by plain stores, and returns the request's number. */
    long post(long targets, long scope) {
        long request = words.getOpaque(requested) + 1;
        words.setOpaque(targetsWord, words.getOpaque(targetsWord) | targets);
        words.setOpaque(scopeWord, scope);
        // Release: the unhook and the targets come before the request; pairs with serveUntilStopped's await.
        words.setRelease(requested, request);
        return request;
    }

    /** Waits until the request of that number was served. */
    void awaitCompleted(long request) {
        // Acquire: pairs with serveUntilStopped's release; every target has fenced.
        words.await(completed, Conditions.REACHED, request);
    }

    /** Waits until everything was served, and lets {@link #serveUntilStopped} return. */
    void stop() {
        awaitCompleted(words.getOpaque(requested));
        words.setOpaque(targetsWord, NO_TARGETS);
        // Release: pairs with serveUntilStopped's await.
        words.setRelease(requested, words.getOpaque(requested) + 1);
    }

    void serveUntilStopped(Hart self) {
        for (long request = 1; ; request++) {
            // Acquire: pairs with post's release.
            words.await(requested, Conditions.REACHED, request);
            long targets = words.getOpaque(targetsWord);
            if (targets == NO_TARGETS) {
                return;
            }
            SfenceVma fence = SfenceVma.of(words.getOpaque(scopeWord), 0, Long.MAX_VALUE);
            SbiRfence.fenceEach(machine, self, targets, fence);
            // Release: the fences come before the completion; pairs with awaitCompleted.
            words.setRelease(completed, request);
        }
    }
}
