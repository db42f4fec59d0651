package dev.shootdown.report;

import dev.shootdown.race.MemoryModel;
import java.util.Optional;

/** What has to be said beside every exploration under a model. */
final class ModelCaveat {
    private static final String WEAK =
            "WEAK is the model of the access modes as written (RC11-like); it differs from RVWMO in"
                    + " that load buffering is not modelled and IRIW with acquire loads is allowed.";

    private ModelCaveat() {}

    /** A sentence, if there is something to say. */
    static Optional<String> of(MemoryModel model) {
        return switch (model) {
            case SC, TSO -> Optional.empty();
            case WEAK -> Optional.of(WEAK);
        };
    }
}
