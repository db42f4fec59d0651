package dev.shootdown.walk;

/** Does something once, in the middle of a walk and on its thread, before one of its steps. */
final class Interloper implements WalkProbe {
    private final int step;
    private Runnable action;
    private int walks;

    Interloper(int step, Runnable action) {
        this.step = step;
        this.action = action;
    }

    @Override
    public void nextStep(int next) {
        if (next == step) {
            Runnable once = action;
            action = () -> {};
            once.run();
        }
    }

    @Override
    public void sectionEnds(WalkTrace descent) {
        walks++;
    }

    int walks() {
        return walks;
    }
}
