package dev.shootdown.explore;

/** A decision: who could step, who did, and who still has to be tried. Sets are a bit a process. */
final class Node {
    int enabled;
    int chosen;
    int backtrack;
    int sleep;
    int previous;
    int preemptions;
    final Access[] access;
    final long[] offset;
    final boolean[] awaits;

    Node(int processes) {
        access = new Access[processes];
        offset = new long[processes];
        awaits = new boolean[processes];
    }

    boolean isEnabled(int process) {
        return (enabled >> process & 1) != 0;
    }
}
