package dev.shootdown.memory;

/** A frame was used against its state: freed twice, freed while pinned or live, allocated from an empty memory. */
public final class FrameMisuse extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    FrameMisuse(String message) {
        super(message);
    }
}
