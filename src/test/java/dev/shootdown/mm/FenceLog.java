package dev.shootdown.mm;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.Machine;
import dev.shootdown.tlb.FlushRange;
import dev.shootdown.tlb.RfenceRoute;
import dev.shootdown.tlb.Shootdown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A dispatcher that fences nobody and looks around when it is asked to: it stands between unhook and free. */
final class FenceLog implements Shootdown {
    private final RfenceRoute route;
    private final List<Fence> fences = new ArrayList<>();
    private Runnable atEachFence = () -> {};

    private FenceLog(RfenceRoute route) {
        this.route = route;
    }

    record Fence(long targets, FenceExtent extent, long start, long size) {}

    static FenceLog over(RfenceRoute route) {
        return new FenceLog(route);
    }

    static FenceLog overFirmware() {
        return new FenceLog(RfenceRoute.M_MODE);
    }

    Function<Machine, FenceLog> onAnyMachine() {
        return machine -> this;
    }

    void atEachFence(Runnable action) {
        atEachFence = action;
    }

    List<Fence> fences() {
        return fences;
    }

    List<FenceExtent> extents() {
        return fences.stream().map(Fence::extent).toList();
    }

    @Override
    public RfenceRoute route() {
        return route;
    }

    @Override
    public void fence(Hart sender, long targets, FlushRange range) {
        fences.add(new Fence(targets, range.extent(), range.start(), range.size()));
        atEachFence.run();
    }
}
