package dev.shootdown.race;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How far a hart may reorder its memory accesses, strongest model first.
 *
 * <p>The constants are ordered: a model allows every execution of the models before it. A race that fails under one
 * model therefore fails under every later one.
 */
public enum MemoryModel {
    /** Sequential consistency: one global order, which keeps each hart's program order. */
    SC,
    /** Total store order, as x86 has it: a store may wait in its hart's buffer while later loads go ahead. */
    TSO,
    /** Acquire, release and relaxed accesses as written: what RISC-V and Arm hosts may do with them. */
    WEAK;

    private static final String WEAK_CAVEAT =
            "WEAK is the model of the access modes as written (RC11-like). It differs from"
                    + " RVWMO: load buffering is not modelled; stores need not reach all harts at once, so IRIW with acquire loads"
                    + " and 2+2W with releases are allowed; and dependencies order nothing, only acquire loads do.";

    private static final Set<String> TSO_ARCHITECTURES = Set.of("amd64", "x86_64", "x86", "i386", "i686", "s390x");

    /**
     * {@return the model a machine of this architecture promises} An architecture that is not known to be
     * total-store-order is taken to be weak, since its hardware may then show more than expected, but is never excused
     * from showing what it must.
     *
     * @param architecture the name as in the system property {@code os.arch}
     */
    public static MemoryModel ofArchitecture(String architecture) {
        return TSO_ARCHITECTURES.contains(architecture.toLowerCase(Locale.ROOT)) ? TSO : WEAK;
    }

    /** {@return what has to be said beside every verdict under this model, if anything} */
    public Optional<String> caveat() {
        return switch (this) {
            case SC, TSO -> Optional.empty();
            case WEAK -> Optional.of(WEAK_CAVEAT);
        };
    }
}
