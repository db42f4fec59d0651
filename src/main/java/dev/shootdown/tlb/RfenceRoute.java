package dev.shootdown.tlb;

/** How a machine's remote fences travel: what {@code riscv_use_ipi_for_rfence()} is asked about. */
public enum RfenceRoute {
    /** By S-mode inter-processor interrupt: interrupts-off sections hold it off. */
    S_MODE_IPI,
    /** Past S-mode, by firmware or hardware: interrupts-off sections do not hold it off. */
    M_MODE
}
