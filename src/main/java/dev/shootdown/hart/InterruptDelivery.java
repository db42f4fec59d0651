package dev.shootdown.hart;

/** Who ran the handler of an inter-processor interrupt. */
public enum InterruptDelivery {
    /** The target, when it enabled interrupts or polled for them. */
    SELF,
    /** The sender, in the target's place, having found its interrupts on. */
    BY_PROXY
}
