package dev.shootdown.museum;

import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Walker;
import dev.shootdown.walk.FastGup;
import dev.shootdown.walk.PinFlags;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkProbe;

/** Fast GUP and nothing else: it does not switch address spaces, and counts itself nowhere. */
final class BareGup implements Walker {
    private final FastGup gup;

    BareGup(RaceSite site, WalkProbe probe) {
        this.gup = new FastGup(
                site.walkerHart(),
                site.tables(),
                PinFlags.FOLL_GET,
                site.conditions().recheck(),
                probe);
    }

    @Override
    public WalkOutcome walk(long virtualAddress) {
        return gup.pin(virtualAddress);
    }

    @Override
    public void release() {
        gup.unpin();
    }
}
