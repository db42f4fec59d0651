package dev.shootdown.hart;

/** How the simulated kernel was configured: a property of the build, not of how many harts happen to be online. */
public enum Build {
    /** CONFIG_SMP: selects MMU_GATHER_RCU_TABLE_FREE, even with one hart online. */
    SMP,
    /** No CONFIG_SMP: one hart, no inter-processor interrupts, no RCU table free. */
    UNIPROCESSOR
}
