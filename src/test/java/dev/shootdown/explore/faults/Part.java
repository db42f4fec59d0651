package dev.shootdown.explore.faults;

import static dev.shootdown.explore.faults.Part.Role.FREER;
import static dev.shootdown.explore.faults.Part.Role.HANDLER;
import static dev.shootdown.explore.faults.Part.Role.HELPER;
import static dev.shootdown.explore.faults.Part.Role.READER;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.HardwareWalkSection;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.rcu.RcuReadLock;

/** What a hart of an {@link UnhookProgram} does. */
enum Part {
    /** Follows the entries with interrupts off. */
    READS_WITH_INTERRUPTS_OFF(READER) {
        @Override
        void play(UnhookSite site, Hart self) {
            InterruptsOff section = self.interruptsOff();
            site.follow(self);
            section.close();
        }
    },
    /** Follows the entries under {@code rcu_read_lock}. */
    READS_UNDER_RCU(READER) {
        @Override
        void play(UnhookSite site, Hart self) {
            RcuReadLock section = site.rcu().readLock(self);
            site.follow(self);
            section.close();
        }
    },
    /** Follows the entries as a hardware walker does. */
    WALKS_IN_HARDWARE(READER) {
        @Override
        void play(UnhookSite site, Hart self) {
            HardwareWalkSection walk = self.hardwareWalk();
            site.follow(self);
            walk.close();
        }
    },
    /** Reads nothing; the interrupts that it is sent are taken in its place. */
    RESTS(READER) {
        @Override
        void play(UnhookSite site, Hart self) {}
    },
    /** Unhooks, interrupts the readers, frees. */
    INTERRUPTS(FREER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.unhook(self);
            site.nothing().call(self, site.readers());
            site.free(self);
        }
    },
    /** Has the readers' handlers unhook, and frees. */
    UNHOOKS_BY_INTERRUPT(FREER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.unhooking().call(self, site.readers(), self.id(), 0, 0);
            site.free(self);
        }
    },
    /** Unhooks, flushes by S-mode interrupt, frees. */
    FLUSHES(FREER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.unhook(self);
            site.exact().fence(self, site.readers(), UnhookSite.flushRange());
            site.free(self);
        }
    },
    /** The same, but one of the harts in the mask is not interrupted. */
    FLUSHES_ALL_BUT_ONE(FREER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.unhook(self);
            site.skipping().fence(self, site.readers(), UnhookSite.flushRange());
            site.free(self);
        }
    },
    /** Unhooks, waits for a grace period, frees. */
    SYNCHRONIZES(FREER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.unhook(self);
            site.rcu().synchronize(self);
            site.free(self);
        }
    },
    /** Unhooks, interrupts the readers, waits for a grace period, frees. */
    INTERRUPTS_AND_SYNCHRONIZES(FREER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.unhook(self);
            site.nothing().call(self, site.readers());
            site.rcu().synchronize(self);
            site.free(self);
        }
    },
    /** Unhooks, fences the readers in M-mode, frees. */
    FENCES(FREER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.unhook(self);
            site.reader().machineModeFence(self, FenceExtent.EVERYTHING);
            site.free(self);
        }
    },
    /** Unhooks, interrupts the readers, fences them in M-mode, frees. */
    INTERRUPTS_AND_FENCES(FREER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.unhook(self);
            site.nothing().call(self, site.readers());
            site.reader().machineModeFence(self, FenceExtent.EVERYTHING);
            site.free(self);
        }
    },
    /** Queues a callback that does nothing, unhooks, queues one that frees. */
    QUEUES_BEHIND_ANOTHER(FREER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.rcu().callRcu(site.idleCallback(), 0);
            site.unhook(self);
            site.rcu().callRcu(site.freeCallback(), self.id());
        }
    },
    /** Runs callbacks until both of the above have run. */
    RUNS_TWO_CALLBACKS(HELPER) {
        @Override
        void play(UnhookSite site, Hart self) {
            while (site.rcu().completed() < 2) {
                site.rcu().serve(self);
            }
        }
    },
    /** Interrupts the readers, and frees nothing. */
    INTERRUPTS_ONLY(HELPER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.nothing().call(self, site.readers());
        }
    },
    /** The last step of a handler run on the reader that is under way when the program begins. */
    ENDS_A_HANDLER_RUN(HANDLER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.endHandlerRun();
        }
    },
    /** Has the readers' handlers store a word, and counts on it. */
    STORES_BY_INTERRUPT(HELPER) {
        @Override
        void play(UnhookSite site, Hart self) {
            site.storing().call(self, site.readers(), self.id(), 0, 0);
            site.requireStored(self);
        }
    };

    private final Role role;

    /** What others must know of a part. */
    enum Role {
        /** Is waited for. */
        READER,
        /** Has an entry of its own, and takes it away. */
        FREER,
        /** Runs a handler on the first reader when the program begins. */
        HANDLER,
        /** None of these. */
        HELPER
    }

    Part(Role role) {
        this.role = role;
    }

    abstract void play(UnhookSite site, Hart self);

    Role role() {
        return role;
    }
}
