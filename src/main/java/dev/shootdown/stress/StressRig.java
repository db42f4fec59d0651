package dev.shootdown.stress;

import dev.shootdown.hart.MachinePool;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceInstance;
import dev.shootdown.stress.PlannedConfiguration.CpuShare;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is needed to take samples of one race: the pool of machines, and a desk for each thread that takes and gives back.
 *
 * <p>A thread that has taken a sample keeps its desk and its shelf of machines for as long as it lives.
 */
final class StressRig {
    private final Race race;
    private final Meeting meeting;
    private final MachinePool<StressSample> pool;
    private final List<Desk> desks = new ArrayList<>();
    private final ThreadLocal<Desk> desk = ThreadLocal.withInitial(this::newDesk);
    private final long started = System.nanoTime();
    /** Whether each actor can count on a processor of its own. */
    private final CpuShare cpus;

    private long victim;

    StressRig(Race race, Meeting meeting, CpuShare cpus) {
        this.race = race;
        this.meeting = meeting;
        this.cpus = cpus;
        this.pool = new MachinePool<>(
                RaceInstance.specOf(race), machine -> new StressSample(this, machine), this::prepareTemplate);
    }

    private void prepareTemplate(StressSample template) {
        template.instance().prepare();
        victim = race.mutator().victimFrame(template.instance().site());
    }

    Race race() {
        return race;
    }

    /**
     * Has an actor idle for as long as its sample says. Where actors may share a processor it gives its own away there, as a
     * vCPU that is preempted in mid-walk does: otherwise hardly any sample has all actors in the race at once.
     */
    @SuppressWarnings("ThreadPriorityCheck") // see above
    void dawdle(ActorSide side) {
        if (side.dawdle > 0) {
            side.idled += Skew.idle(side.dawdle);
            if (cpus == CpuShare.OVERSUBSCRIBED) {
                Thread.yield();
            }
        }
    }

    Meeting meeting() {
        return meeting;
    }

    StressSample checkout() {
        MachinePool.Lease<StressSample> lease = pool.checkout();
        StressSample sample = lease.value();
        sample.begin(lease, desk.get().pace());
        return sample;
    }

    void giveBack(MachinePool.Lease<StressSample> lease) {
        pool.giveBack(lease);
    }

    void record(StressSample sample) {
        desk.get().record(sample, victim);
    }

    private Desk newDesk() {
        Desk fresh = new Desk(meeting);
        synchronized (desks) {
            desks.add(fresh);
        }
        return fresh;
    }

    /** What all threads counted. Exact only while none takes samples. */
    Tally tally() {
        Tally sum = new Tally();
        synchronized (desks) {
            desks.forEach(each -> sum.add(each.tally()));
        }
        return sum;
    }

    /** The wall time from the making of this rig to the last sample, in nanoseconds. */
    long activeNanos() {
        synchronized (desks) {
            return desks.stream()
                    .mapToLong(each -> each.lastNanos() - started)
                    .filter(nanos -> nanos > 0)
                    .max()
                    .orElse(0);
        }
    }

    /** Machines that were taken and not given back. */
    long outstanding() {
        return pool.outstanding();
    }

    /** All of it on one line, as {@link ForkStatistics} reads it. */
    String statistics() {
        return ForkStatistics.PREFIX + " " + tally().words()
                + " activeNanos=" + activeNanos()
                + " skewLow=" + settled(pace -> pace.skew().low())
                + " skewHigh=" + settled(pace -> pace.skew().high())
                + " skewDawdle=" + settled(pace -> pace.dawdle().longest())
                + " poolMachines=" + pool.machines()
                + " poolOutstanding=" + outstanding();
    }

    /** What the threads settled on, each weighted by its samples. */
    private long settled(ToDoubleFunction<Pace> value) {
        synchronized (desks) {
            double sum = desks.stream()
                    .mapToDouble(each -> each.tally().samples() * value.applyAsDouble(each.pace()))
                    .sum();
            long samples =
                    desks.stream().mapToLong(each -> each.tally().samples()).sum();
            return Math.round(sum / Math.max(samples, 1));
        }
    }
}
