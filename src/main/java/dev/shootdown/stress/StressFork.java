package dev.shootdown.stress;

import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.hart.MachinePool;
import dev.shootdown.race.Outcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceInstance;
import dev.shootdown.riscv.TableLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a forked VM needs to run one race: the pool of machines, the skew and the statistics of each thread. */
final class StressFork {
    private static final int TIMED_FULLY = 4_096;
    private static final int TIMED_ONE_IN = 256;

    private final Race race;
    private final Meeting meeting = Meeting.chosen();
    private final MachinePool<StressSample> pool;
    private final List<Desk> desks = new ArrayList<>();
    private final ThreadLocal<Desk> desk = ThreadLocal.withInitial(this::newDesk);
    private final long started = System.nanoTime();
    private final boolean oversubscribed;
    private long victim;

    StressFork(Race race) {
        this.race = race;
        this.oversubscribed = race.actors() > Runtime.getRuntime().availableProcessors();
        this.pool = new MachinePool<>(
                RaceInstance.specOf(race), machine -> new StressSample(this, machine), this::prepareTemplate);
        Runtime.getRuntime().addShutdownHook(new Thread(this::printStatistics, "shootdown-statistics"));
    }

    private void prepareTemplate(StressSample template) {
        template.instance().prepare();
        victim = race.mutator().victimFrame(template.instance().site());
    }

    Race race() {
        return race;
    }

    /** Whether there are fewer processors than actors. */
    boolean isOversubscribed() {
        return oversubscribed;
    }

    Meeting meeting() {
        return meeting;
    }

    StressSample checkout() {
        MachinePool.Lease<StressSample> lease = pool.checkout();
        StressSample sample = lease.value();
        sample.begin(lease, desk.get().pace);
        return sample;
    }

    void giveBack(MachinePool.Lease<StressSample> lease) {
        pool.giveBack(lease);
    }

    void record(StressSample sample, Outcome outcome) {
        desk.get().record(sample, outcome, victim);
    }

    private Desk newDesk() {
        Desk fresh = new Desk();
        synchronized (desks) {
            desks.add(fresh);
        }
        return fresh;
    }

    private void printStatistics() {
        Desk sum = new Desk();
        synchronized (desks) {
            desks.forEach(sum::add);
        }
        System.out.println(
                sum.line(desks) + " poolMachines=" + pool.machines() + " poolOutstanding=" + pool.outstanding());
    }

    /** What one thread counts and steers by, written by that thread only. */
    private final class Desk {
        private final Pace pace = new Pace(meeting);
        private final long[] forbiddenAt = new long[TableLevel.values().length];
        private long samples;
        private long contended;
        private long freedInSample;
        private long nearMisses;
        private long unmet;
        private long interruptsSelf;
        private long interruptsByProxy;
        private long before;
        private long after;
        private long lastNanos;

        void record(StressSample sample, Outcome outcome, long victimFrame) {
            samples++;
            nearMisses += sample.isNearMiss() ? 1 : 0;
            interruptsSelf += sample.interrupts(InterruptDelivery.SELF);
            interruptsByProxy += sample.interrupts(InterruptDelivery.BY_PROXY);
            if (outcome.isForbidden() && sample.findingLevel() >= 0) {
                forbiddenAt[sample.findingLevel()]++;
            }
            if (sample.isUnmet()) {
                unmet++;
            } else {
                recordMet(sample, victimFrame);
            }
            if (samples < TIMED_FULLY || samples % TIMED_ONE_IN == 0) {
                lastNanos = System.nanoTime();
            }
        }

        private void recordMet(StressSample sample, long victimFrame) {
            contended += sample.isContended() ? 1 : 0;
            freedInSample += sample.isFreed(victimFrame) ? 1 : 0;
            boolean cameBefore = sample.cameBefore();
            before += cameBefore ? 1 : 0;
            after += cameBefore ? 0 : 1;
            pace.learn(sample);
        }

        void add(Desk other) {
            samples += other.samples;
            contended += other.contended;
            freedInSample += other.freedInSample;
            nearMisses += other.nearMisses;
            unmet += other.unmet;
            interruptsSelf += other.interruptsSelf;
            interruptsByProxy += other.interruptsByProxy;
            before += other.before;
            after += other.after;
            lastNanos = Math.max(lastNanos, other.lastNanos);
            for (int level = 0; level < forbiddenAt.length; level++) {
                forbiddenAt[level] += other.forbiddenAt[level];
            }
        }

        String line(List<Desk> all) {
            StringBuilder line = new StringBuilder("shootdown-statistics")
                    .append(" samples=")
                    .append(samples)
                    .append(" contended=")
                    .append(contended)
                    .append(" freedInSample=")
                    .append(freedInSample)
                    .append(" nearMisses=")
                    .append(nearMisses)
                    .append(" unmet=")
                    .append(unmet)
                    .append(" activeNanos=")
                    .append(Math.max(lastNanos - started, 0))
                    .append(" interruptsSelf=")
                    .append(interruptsSelf)
                    .append(" interruptsByProxy=")
                    .append(interruptsByProxy)
                    .append(" beforeMarker=")
                    .append(before)
                    .append(" afterMarker=")
                    .append(after)
                    .append(" skewLow=")
                    .append(settled(all, each -> each.pace.skew().low()))
                    .append(" skewHigh=")
                    .append(settled(all, each -> each.pace.skew().high()))
                    .append(" skewDawdle=")
                    .append(settled(all, each -> each.pace.dawdle().longest()));
            for (TableLevel level : TableLevel.values()) {
                line.append(" forbidden.").append(level).append('=').append(forbiddenAt[level.level()]);
            }
            return line.toString();
        }

        /** What the threads settled on, each weighted by its samples. */
        private long settled(List<Desk> all, ToDoubleFunction<Desk> value) {
            double sum = all.stream()
                    .mapToDouble(each -> each.samples * value.applyAsDouble(each))
                    .sum();
            return Math.round(sum / Math.max(samples, 1));
        }
    }
}
