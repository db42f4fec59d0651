package dev.shootdown.museum;

import static dev.shootdown.museum.Beat.freer;
import static dev.shootdown.museum.Beat.walker;
import static dev.shootdown.museum.S11_KvmWalkWithInterruptsOn.KvmWalks.KVM_RCU_WALK;
import static dev.shootdown.museum.S11_KvmWalkWithInterruptsOn.KvmWalks.KVM_UNINTERRUPTED_WALK;
import static dev.shootdown.museum.S11_KvmWalkWithInterruptsOn.KvmWalks.KVM_UNPROTECTED_WALK;
import static dev.shootdown.race.Freeings.REMOVE_PAGE;
import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Freeings.TABLE_ONE_SYNC_IPI;
import static dev.shootdown.race.Shootdowns.HARDWARE_BROADCAST;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;

import dev.shootdown.race.Expectation;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Walker;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.walk.UserMappingSize;
import dev.shootdown.walk.UserMappingSize.Protection;

/**
 * KVM on arm64 looked into a process's tables with interrupts on, until e86fc1a3a3e9.
 *
 * <p>The walker wants to know how large the mapping behind a guest's page is, and has loaded the pmd. The freer clears it,
 * invalidates by broadcast, and queues the table for RCU. The walker's hart is in no section at all, so the grace period is over
 * at once and the table is freed. The walker goes on into it. With interrupts off it is a walker like fast GUP: both a grace
 * period and the interrupt that stands in where no batch can be allocated wait for it.
 */
final class S11_KvmWalkWithInterruptsOn {
    private static final String SOURCE = "e86fc1a3a3e9";

    /** A hypervisor that looks into the tables of the process behind a guest. */
    enum KvmWalks implements WalkerKind {
        /** Interrupts on, in no reader. */
        KVM_UNPROTECTED_WALK(Protection.NOTHING),
        /** Under {@code rcu_read_lock}, interrupts on. */
        KVM_RCU_WALK(Protection.RCU_READ_LOCK),
        /** Interrupts off. */
        KVM_UNINTERRUPTED_WALK(Protection.INTERRUPTS_OFF);

        private final Protection protection;

        KvmWalks(Protection protection) {
            this.protection = protection;
        }

        @Override
        public Walker on(RaceSite site) {
            UserMappingSize walk =
                    new UserMappingSize(site.walkerHart(), site.rcu(), site.tables(), protection, site.observer());
            LookingWalker looking = walk::find;
            return looking;
        }
    }

    private static Race arm64(KvmWalks walk) {
        return Race.of(walk).shootdown(HARDWARE_BROADCAST);
    }

    private static Expectation safe(String reason) {
        return Expectation.safe(reason, SOURCE);
    }

    private static Expectation unsafe(String reason) {
        return Expectation.unsafe(reason, SOURCE);
    }

    private static final Race BROKEN = arm64(KVM_UNPROTECTED_WALK)
            .freeing(REMOVE_TABLE)
            .expecting(unsafe("no grace period waits for a walker that is in no section"));
    private static final Race FIXED = arm64(KVM_UNINTERRUPTED_WALK)
            .freeing(REMOVE_TABLE)
            .expecting(safe("a grace period waits for interrupts-off sections"));

    static final Scenario SCENARIO = Scenario.of(
            11,
            "a hypervisor walks with interrupts on",
            SOURCE,
            Actor.cast(
                    "KVM, which looks for the size of a mapping",
                    "a thread of the virtual machine monitor, which unmaps"),
            Exhibit.broken(
                    BROKEN,
                    "the walk is in no section at all",
                    walker("get_user_mapping_size").at("pmd"),
                    freer("pmd_clear"),
                    freer("tlbsync"),
                    freer("synchronize_rcu"),
                    freer("tlb_remove_table_rcu"),
                    walker("get_user_mapping_size").at("pte")),
            Exhibit.fixed(FIXED, "the walk has interrupts off"),
            Exhibit.fixed(
                    arm64(KVM_UNINTERRUPTED_WALK)
                            .freeing(TABLE_ONE_SYNC_IPI)
                            .expecting(safe("the interrupt to every hart waits for the walk")),
                    "interrupts off, when no batch can be allocated"),
            Exhibit.nextBest(
                    arm64(KVM_RCU_WALK).freeing(REMOVE_TABLE).expecting(safe("a grace period waits for a reader")),
                    "rcu_read_lock instead, where tables are freed by RCU"),
            Exhibit.nextBest(
                    arm64(KVM_RCU_WALK)
                            .freeing(TABLE_ONE_SYNC_IPI)
                            .expecting(unsafe("the interrupt to every hart runs inside the reader")),
                    "rcu_read_lock instead, when no batch can be allocated"),
            Exhibit.nextBest(
                    Race.of(KVM_RCU_WALK)
                            .shootdown(S_MODE_IPI)
                            .freeing(REMOVE_PAGE)
                            .expecting(unsafe("the interrupt runs inside the reader, and the flush is complete")),
                    "rcu_read_lock instead, where a flush by interrupt is all that a free waits for"));

    private S11_KvmWalkWithInterruptsOn() {}
}
