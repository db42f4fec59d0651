package dev.shootdown.race;

/**
 * The strongest memory model under which a race first fails. It fails under every weaker model as well.
 *
 * <p>{@link #SC} is a race of the protocol itself: an interleaving alone breaks it, no reordering is needed. The other
 * two need the hart to reorder, so a host that is too strong can run such a race for ever and see nothing.
 */
public enum FailsFrom {
    /** Fails by interleaving alone, on every host. */
    SC,
    /** Needs a store to be delayed past a later load. */
    TSO,
    /** Needs a reordering that total store order forbids. */
    WEAK,
    /** Does not fail under any model. */
    NEVER;

    /**
     * {@return whether a host with this memory model can show the failure}
     *
     * @param model the host's
     */
    public boolean failsUnder(MemoryModel model) {
        return switch (this) {
            case SC -> true;
            case TSO -> model != MemoryModel.SC;
            case WEAK -> model == MemoryModel.WEAK;
            case NEVER -> false;
        };
    }
}
