package dev.shootdown.stress;

import java.util.concurrent.ThreadLocalRandom;

/** How the next sample of one thread is paced: skew between the actors, dawdling within the walk. Confined to a thread. */
final class Pace {
    private static final int TIMED_ONE_IN = 64;

    private final Meeting meeting;
    private final Skew skew = new Skew();
    private final Dawdle dawdle = new Dawdle();

    Pace(Meeting meeting) {
        this.meeting = meeting;
    }

    int nextSkew() {
        return meeting == Meeting.NONE ? 0 : skew.next(ThreadLocalRandom.current());
    }

    int nextDawdle() {
        return meeting == Meeting.NONE ? 0 : dawdle.next(ThreadLocalRandom.current());
    }

    boolean isTimed() {
        return meeting == Meeting.RENDEZVOUS && ThreadLocalRandom.current().nextInt(TIMED_ONE_IN) == 0;
    }

    void learn(StressSample sample) {
        if (meeting == Meeting.NONE) {
            return;
        }
        if (sample.mutatorNanos() > 0) {
            dawdle.learn(sample.mutatorNanos());
        }
        if (skew.isSteered(sample.skew())) {
            skew.learn(sample.cameBefore() ? Skew.Hint.WALK_CAME_BEFORE : Skew.Hint.WALK_CAME_AFTER);
        }
    }

    Skew skew() {
        return skew;
    }

    Dawdle dawdle() {
        return dawdle;
    }
}
