package dev.shootdown.race;

import dev.shootdown.pagetable.MmUsers;
import dev.shootdown.walk.WalkOutcome;

/** A walker that pins the address space for the time of its walk, as one must that comes from elsewhere. */
final class MmPinner implements Walker {
    private final Walker walker;
    private final MmUsers users;

    private MmPinner(Walker walker, MmUsers users) {
        this.walker = walker;
        this.users = users;
    }

    /** The walker itself, unless the site's machine counts the users of address spaces. */
    static Walker around(RaceSite site, Walker walker) {
        return MmUsers.of(site.machine())
                .<Walker>map(users -> new MmPinner(walker, users))
                .orElse(walker);
    }

    @Override
    public WalkOutcome walk(long virtualAddress) {
        if (!users.tryGet()) {
            return WalkOutcome.NOT_PRESENT;
        }
        WalkOutcome outcome = walker.walk(virtualAddress);
        users.put();
        return outcome;
    }

    @Override
    public void release() {
        walker.release();
    }
}
