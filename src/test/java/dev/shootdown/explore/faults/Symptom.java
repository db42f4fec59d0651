package dev.shootdown.explore.faults;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.DeadlockFound;
import dev.shootdown.explore.Exploration;
import dev.shootdown.explore.Explorer;
import dev.shootdown.explore.Program;
import dev.shootdown.explore.Reduction;
import dev.shootdown.memory.AddressOutsideMemory;
import dev.shootdown.memory.FrameMisuse;
import dev.shootdown.race.MemoryModel;

/** How a fault shows when a program is explored. */
enum Symptom {
    /** Not at all: SAFE. */
    NONE,
    /** By a load or an outcome that must not be: UNSAFE. */
    FORBIDDEN,
    /**
     * Somebody never comes back, for something was lost: harts wait for each other ({@link DeadlockFound}), or one goes round
     * for ever ({@link Patience}). Most faults that do the one do the other too: the order of the search says which comes first.
     */
    STUCK,
    /** The descriptor of a frame refuses what is done to the frame. */
    FRAME_MISUSE,
    /** Something was taken for a frame number that is none. */
    OUTSIDE_MEMORY;

    private static final Explorer EXPLORER = new Explorer(new Bounds(50_000, 2_000));

    /** Explores a program and says what shows. */
    static Symptom of(Program program, MemoryModel model) {
        try {
            return of(EXPLORER.explore(new Patience(program), model, Reduction.SOURCE_SETS));
        } catch (DeadlockFound found) {
            return STUCK;
        } catch (IllegalStateException stopped) {
            return of(stopped);
        }
    }

    private static Symptom of(Exploration exploration) {
        return switch (exploration.verdict()) {
            case SAFE -> NONE;
            case UNSAFE -> FORBIDDEN;
            case INCONCLUSIVE -> throw new AssertionError("not exhausted: " + exploration);
        };
    }

    private static Symptom of(IllegalStateException stopped) {
        return switch (stopped.getCause()) {
            case FrameMisuse misuse -> FRAME_MISUSE;
            case AddressOutsideMemory outside -> OUTSIDE_MEMORY;
            case Patience.GoesRoundForEver endless -> STUCK;
            case null, default -> throw stopped;
        };
    }
}
