package dev.shootdown.explore.faults;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/** Who is about to free looks at a context word with a load, as the tracker with a read barrier did. */
final class ObservedByLoad extends ContextWords {
    ObservedByLoad(Words inner, ImageLayout layout) {
        super(inner, layout, ContextAccess.OBSERVE);
    }

    @Override
    long changedUpdate(ContextAccess access, long offset, long operand) {
        return inner.getAcquire(offset);
    }
}
