package dev.shootdown.explore;

/** The same decisions led elsewhere: something outside the words decided. An internal error, never to be ignored. */
public final class ReplayDiverged extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ReplayDiverged(String message) {
        super(message);
    }
}
