package dev.shootdown.stress;

import dev.shootdown.stress.PlannedConfiguration.CpuShare;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.os.topology.PresetRegularTopology;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.os.topology.TopologyParseException;

/**
 * Where actors run. jcstress refuses a test with more actors than CPUs, silently; such a test is given an invented
 * machine that is large enough and has no affinity, so that its threads share the CPUs there are.
 */
final class JcstressCpus {
    private static final Comparator<SchedulingClass> BY_SPREAD = Comparator.comparingInt(SchedulingClass::numCores)
            .thenComparing(Comparator.comparingInt(SchedulingClass::numNodes).reversed());

    private final int cpus;
    private final Scheduler own;
    private final Scheduler shared;

    /** This host's CPUs, for tests of at most so many actors. */
    JcstressCpus(int mostActors) {
        cpus = Runtime.getRuntime().availableProcessors();
        own = new Scheduler(usable(Topology.get()), cpus);
        int invented = Math.max(mostActors, cpus);
        shared = new Scheduler(flat(invented), invented);
    }

    /** A container may be allowed fewer CPUs than the machine has; binding to one of the others would fail. */
    private Topology usable(Topology found) {
        return found.totalThreads() == cpus ? found : flat(cpus);
    }

    /** Whether a test of so many actors gets CPUs of its own. */
    CpuShare shareFor(int actors) {
        return actors <= cpus ? CpuShare.OWN : CpuShare.OVERSUBSCRIBED;
    }

    /** The scheduler that places such forks. */
    Scheduler scheduler(CpuShare share) {
        return switch (share) {
            case OWN -> own;
            case OVERSUBSCRIBED -> shared;
        };
    }

    /** The placements to run a test of so many actors in; empty if this host has none. */
    List<SchedulingClass> placements(int actors, Profile.Placement placement) {
        CpuShare share = shareFor(actors);
        int limit = share == CpuShare.OWN ? cpus : actors;
        List<SchedulingClass> all = scheduler(share).scheduleClasses(actors, limit, AffinityMode.LOCAL);
        return switch (placement) {
            case EVERY -> all;
            case SPREAD -> all.stream().max(BY_SPREAD).stream().toList();
        };
    }

    private static Topology flat(int cpus) {
        try {
            return new FlatTopology(cpus);
        } catch (TopologyParseException e) {
            throw new IllegalStateException("jcstress does not accept a machine of " + cpus + " CPUs", e);
        }
    }

    /** One node of single-threaded cores that nobody may bind threads to. */
    private static final class FlatTopology extends PresetRegularTopology {
        FlatTopology(int cpus) throws TopologyParseException {
            super(1, cpus, 1);
        }

        @Override
        public boolean trustworthy() {
            return false;
        }
    }
}
