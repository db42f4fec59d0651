package dev.shootdown.stress;

import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.riscv.TableLevel;
import java.util.StringJoiner;

/** What has been counted about samples of one race. Confined to a thread; added up when all threads are done. */
final class Tally {
    private final long[] forbiddenAt = new long[TableLevel.values().length];
    private final FreerTimes freerTimes = new FreerTimes();
    private long samples;
    private long contended;
    private long freedInSample;
    private long nearMisses;
    private long unmet;
    private long interruptsSelf;
    private long interruptsByProxy;
    private long before;
    private long after;

    void record(StressSample sample, long victimFrame) {
        samples++;
        nearMisses += sample.isNearMiss() ? 1 : 0;
        interruptsSelf += sample.interrupts(InterruptDelivery.SELF);
        interruptsByProxy += sample.interrupts(InterruptDelivery.BY_PROXY);
        if (sample.findingLevel() >= 0) {
            forbiddenAt[sample.findingLevel()]++;
        }
        if (sample.isUnmet()) {
            unmet++;
            return;
        }
        contended += sample.isContended() ? 1 : 0;
        freedInSample += sample.isFreed(victimFrame) ? 1 : 0;
        boolean cameBefore = sample.cameBefore();
        before += cameBefore ? 1 : 0;
        after += cameBefore ? 0 : 1;
        if (sample.mutatorNanos() > 0) {
            freerTimes.add(sample.mutatorNanos());
        }
    }

    void add(Tally other) {
        samples += other.samples;
        contended += other.contended;
        freedInSample += other.freedInSample;
        nearMisses += other.nearMisses;
        unmet += other.unmet;
        interruptsSelf += other.interruptsSelf;
        interruptsByProxy += other.interruptsByProxy;
        before += other.before;
        after += other.after;
        freerTimes.addAll(other.freerTimes);
        for (int level = 0; level < forbiddenAt.length; level++) {
            forbiddenAt[level] += other.forbiddenAt[level];
        }
    }

    long samples() {
        return samples;
    }

    long contended() {
        return contended;
    }

    long freedInSample() {
        return freedInSample;
    }

    long nearMisses() {
        return nearMisses;
    }

    long unmet() {
        return unmet;
    }

    /** {@code key=value} for every counter, as {@link ForkStatistics} reads it. */
    String words() {
        StringJoiner words = new StringJoiner(" ")
                .add("samples=" + samples)
                .add("contended=" + contended)
                .add("freedInSample=" + freedInSample)
                .add("nearMisses=" + nearMisses)
                .add("unmet=" + unmet)
                .add("interruptsSelf=" + interruptsSelf)
                .add("interruptsByProxy=" + interruptsByProxy)
                .add("beforeMarker=" + before)
                .add("afterMarker=" + after);
        for (TableLevel level : TableLevel.values()) {
            words.add("forbidden." + level + "=" + forbiddenAt[level.level()]);
        }
        return words + freerTimes.statistics();
    }
}
