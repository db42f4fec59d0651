package dev.shootdown.museum;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.KernelVmap;
import dev.shootdown.mm.Munmap;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.walk.WalkOutcome;

/** A {@code vmap} that takes an empty pte table of the kernel away to map a huge page in its place. */
enum VmapPromotion implements MutatorKind {
    /** {@code vmap_try_huge_pmd}. */
    VMAP_PROMOTION;

    /** A huge page is as many frames as a table has entries, from a multiple of that. */
    @Override
    public MachineSpec prepare(MachineSpec spec) {
        return spec.withFrames(spec.frames() + 2 * spec.shape().entries());
    }

    /** An earlier mapping, and its {@code vunmap}, left the table. */
    @Override
    public void prepare(RaceSite site) {
        site.mm().map(site.address());
        long end = site.address() + site.pageBytes();
        new Munmap(site.mm(), site.gather()).unmap(site.address(), end, site.address(), end);
    }

    @Override
    public Mutator on(RaceSite site) {
        KernelVmap vmap = new KernelVmap(site.mm(), site.gather());
        return () -> vmap.promote(site.address());
    }

    @Override
    public WalkOutcome failure(RaceConditions conditions) {
        return WalkOutcome.READ_FREED_TABLE;
    }
}
