package dev.shootdown.explore;

/**
 * All executions that begin with certain decisions, but for those explored elsewhere: a piece of work for one thread.
 *
 * @param decisions the decisions, as in a {@link Schedule}
 * @param sleepers processes that sleep after them
 * @param sleeperChoices in which way each sleeps
 */
@SuppressWarnings("ArrayRecordComponent") // confined to the search, never compared
record Subtree(int[] decisions, int[] sleepers, long[] sleeperChoices) {
    /** Every execution. */
    static final Subtree WHOLE = new Subtree(new int[0], new int[0], new long[0]);

    /** Takes a sleeper into a list that ends at {@code end}, and returns where it ends then. */
    @FunctionalInterface
    interface SleeperList {
        int add(int end, int process, long choiceId);
    }

    int depth() {
        return decisions.length;
    }

    int process(int step) {
        return Schedule.process(decisions[step]);
    }

    int choice(int step) {
        return Schedule.choice(decisions[step]);
    }

    int copySleepers(SleeperList list) {
        int end = 0;
        for (int index = 0; index < sleepers.length; index++) {
            end = list.add(end, sleepers[index], sleeperChoices[index]);
        }
        return end;
    }
}
