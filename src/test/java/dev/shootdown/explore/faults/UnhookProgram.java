package dev.shootdown.explore.faults;

import dev.shootdown.explore.Program;
import dev.shootdown.explore.faults.Part.Role;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;
import dev.shootdown.rcu.Rcu;
import dev.shootdown.riscv.SatpMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The question of this library without page tables: readers follow entries, freers take them away, wait, and free. One part
 * a hart; as small as a protocol can be shown at work.
 */
final class UnhookProgram implements Program {
    private final List<Part> parts;
    private final MachineSpec spec;
    private final ImageLayout layout;
    private final int[] freers;
    private final long readers;

    private UnhookProgram(List<Part> parts) {
        this.parts = parts;
        this.spec = UnhookSite.addRegions(Rcu.addRegion(
                MachineSpec.of(SatpMode.SV39).withHarts(parts.size()).withFrames(1)));
        this.layout = spec.layout();
        this.freers = harts(Role.FREER).toArray();
        this.readers = harts(Role.READER).mapToLong(hart -> 1L << hart).sum();
    }

    static UnhookProgram of(Part... parts) {
        return new UnhookProgram(List.of(parts));
    }

    private IntStream harts(Role role) {
        return IntStream.range(0, parts.size()).filter(hart -> parts.get(hart).role() == role);
    }

    @Override
    public String name() {
        return parts.toString();
    }

    @Override
    public int harts() {
        return parts.size();
    }

    @Override
    public ImageLayout layout() {
        return layout;
    }

    @Override
    public void prepare(Words words) {
        UnhookSite site = site(Machine.boot(spec, layout, words));
        site.prepare();
        harts(Role.HANDLER).forEach(hart -> site.beginHandlerRun());
    }

    @Override
    public Actors attach(Words words) {
        return new Players(site(Machine.attach(spec, layout, words)));
    }

    private UnhookSite site(Machine machine) {
        return new UnhookSite(machine, freers, readers);
    }

    private final class Players implements Actors {
        private final UnhookSite site;

        Players(UnhookSite site) {
            this.site = site;
        }

        @Override
        public void run(int hart) {
            parts.get(hart).play(site, site.begin(hart));
        }

        @Override
        public String outcome() {
            return site.outcome().name();
        }

        @Override
        public boolean isFailure() {
            return site.outcome() != UnhookSite.Outcome.HELD;
        }

        /** A reader's load of a table that is free at that moment, whatever the load returns. */
        @Override
        public boolean isForbiddenAccess(int hart, long offset, Memory memory) {
            return site.isTable(offset)
                    && parts.get(hart).role() == Role.READER
                    && memory.peek(offset) == UnhookSite.FREED;
        }
    }
}
