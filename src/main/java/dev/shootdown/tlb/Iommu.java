package dev.shootdown.tlb;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.hart.Mirrors;
import dev.shootdown.hart.SfenceVma;
import dev.shootdown.memory.Words;

/**
 * The IOMMUs that walk an address space for their devices (shared virtual addressing). Each is one more hardware walker with
 * caches of its own, and has the place of a hart here: but it is in no {@code mm_cpumask}, takes no interrupt, and no fence of a
 * hart concerns it. It has to be told by a command of its own, which completes when translations under way have.
 *
 * <pre>
 *   word 0   a bit for each that is bound to the address space
 * </pre>
 */
public final class Iommu {
    private static final String REGION = "iommu";

    private final Machine machine;
    private final Words words;
    private final long bound;

    /**
     * The IOMMUs of a machine whose description went through {@link #addRegion}.
     *
     * @param machine the harts' machine; some harts stand for IOMMUs
     */
    public Iommu(Machine machine) {
        this.machine = machine;
        this.words = machine.words();
        this.bound = machine.region(REGION);
    }

    /**
     * {@return the description with a word that says who is bound, if it did not have it yet}
     *
     * @param spec the machine so far
     */
    public static MachineSpec addRegion(MachineSpec spec) {
        return spec.regions().containsKey(REGION) ? spec : spec.withRegion(REGION, 1);
    }

    /**
     * The walker in the place of {@code hart} begins to translate for a device.
     *
     * @param hart stands for the IOMMU: it is in no mask and takes no interrupt
     */
    @Mirrors("iommu_sva_bind_device")
    public void bind(Hart hart) {
        // Full barrier: bound before its first walk; pairs with invalidate's load, after the unhook.
        words.getAndBitwiseOr(bound, hart.bit());
    }

    /**
     * Has every IOMMU forget all that it has cached, and waits until it has.
     *
     * @param sender the hart whose thread calls
     */
    @Mirrors("iommu_sva_invalidate_kva_range")
    public void invalidate(Hart sender) {
        // Full barrier: the unhook comes before the look at who is bound; pairs with bind.
        words.fullFence();
        for (long left = words.getAcquire(bound); left != 0; left &= left - 1) {
            machine.hart(Long.numberOfTrailingZeros(left))
                    .invalidatePastInterrupts(sender, SfenceVma.of(FenceExtent.EVERYTHING));
        }
    }
}
