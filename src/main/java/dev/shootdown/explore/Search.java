package dev.shootdown.explore;

/**
 * Decides which process steps next, and how, and which execution comes next. Stateless: every execution begins anew, and
 * replays the steps above the decision that changes.
 */
abstract class Search {
    /** No process: the rest of this execution was explored elsewhere, or is out of bounds. */
    static final int PRUNE = -1;

    final Events events;
    final MemorySystem memory;
    private int choice;

    Search(Events events, MemorySystem memory) {
        this.events = events;
        this.memory = memory;
    }

    /**
     * The process of step {@code events.length()}, which no earlier execution had like this.
     *
     * @param enabled who could step, a bit a process; not 0
     */
    abstract int choose(int enabled);

    /** In which way the process last chosen is to step. */
    final int choice() {
        return choice;
    }

    final int chosen(int process, int way) {
        choice = way;
        return process;
    }

    /** The step that was chosen has happened, and {@link MemorySystem#race} tells what it raced with. */
    void stepped(int step) {}

    /** No process can step any more: the execution is over, or its harts wait for each other. */
    void ended() {}

    /**
     * Prepares the next execution.
     *
     * @return how many steps of this one it has in common with it; negative if there is none
     */
    abstract int advance();
}
