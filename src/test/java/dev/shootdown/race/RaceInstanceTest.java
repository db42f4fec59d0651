package dev.shootdown.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.ContextWord;
import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.InterruptDelivery;
import dev.shootdown.hart.Machine;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.FrameTable;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.mm.Reuse;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.tlb.MmCpumask;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The actors of every combination, one after the other. */
class RaceInstanceTest {
    private static RaceInstance prepared(Race race) {
        RaceInstance instance = new RaceInstance(race, Machine.boot(RaceInstance.specOf(race)), RaceObserver.NONE);
        instance.prepare();
        return instance;
    }

    private static Stream<Race> withEachFate(Race race) {
        return Arrays.stream(FreedFrames.values()).map(freed -> race.where(each -> each.withFreedFrames(freed)));
    }

    private static List<Race> all(Mutators mutator) {
        return Combinations.of(mutator).flatMap(RaceInstanceTest::withEachFate).toList();
    }

    @ParameterizedTest
    @EnumSource(Mutators.class)
    void aWalkBeforeTheMutatorFindsWhatWasThere(Mutators mutator) {
        all(mutator).parallelStream().forEach(race -> {
            WalkOutcome expected = mutator == Mutators.POPULATE ? nothing(race) : page(race);
            RaceInstance instance = prepared(race);
            long victim = mutator.victimFrame(instance.site());
            assertEquals(expected, instance.walk(), race.id());
            instance.release();
            instance.mutate();
            assertNothingIsLeft(instance, victim);
        });
    }

    @ParameterizedTest
    @EnumSource(Mutators.class)
    void aWalkAfterTheMutatorFindsWhatItLeft(Mutators mutator) {
        all(mutator).parallelStream().forEach(race -> {
            WalkOutcome expected = mutator == Mutators.POPULATE ? page(race) : nothing(race);
            RaceInstance instance = prepared(race);
            long victim = mutator.victimFrame(instance.site());
            instance.mutate();
            assertEquals(expected, instance.walk(), race.id());
            instance.release();
            assertNothingIsLeft(instance, victim);
        });
    }

    @ParameterizedTest
    @EnumSource(value = Mutators.class, mode = EnumSource.Mode.EXCLUDE, names = "POPULATE")
    void aPinHeldAcrossTheMutatorKeepsThePageAndNothingElse(Mutators mutator) {
        for (Race race : Combinations.of(mutator)
                .filter(race -> race.walker() != Walkers.HARDWARE)
                .toList()) {
            RaceInstance instance = prepared(race);
            long page = instance.site().mm().pageAt(instance.site().address());
            long victim = mutator.victimFrame(instance.site());
            instance.walk();
            instance.mutate();
            FrameTable frames = instance.site().machine().memory().frameTable();
            assertEquals(1, frames.refCount(page), race.id());
            instance.release();
            assertEquals(FrameKind.FREED, frames.kind(page), race.id());
            assertNothingIsLeft(instance, victim);
        }
    }

    private static WalkOutcome page(Race race) {
        return race.walker() == Walkers.HARDWARE ? WalkOutcome.TRANSLATED : WalkOutcome.PINNED;
    }

    private static WalkOutcome nothing(Race race) {
        return race.walker() == Walkers.HARDWARE ? WalkOutcome.PAGE_FAULT : WalkOutcome.NOT_PRESENT;
    }

    private static void assertNothingIsLeft(RaceInstance instance, long victim) {
        Race race = instance.race();
        RaceSite site = instance.site();
        FrameTable frames = site.machine().memory().frameTable();
        assertEquals(site.rcu().queued(), site.rcu().completed(), race.id());
        assertEquals(0, site.machine().words().get(site.tables().flushPendingOffset()), race.id());
        for (int hart = 0; hart < site.machine().harts(); hart++) {
            long context = site.machine().hart(hart).peekContext();
            assertEquals(0, context & (ContextWord.READER | ContextWord.REQUESTS), race.id());
        }
        if (victim != PhysicalMemory.NO_FRAME) {
            boolean stayedATable = race.freeing().keepsTables() && race.mutator() == Mutators.MUNMAP;
            assertEquals(stayedATable ? 0 : 1, frames.generation(victim), race.id());
        }
        assertEquals(framesExpectedInUse(race), framesInUse(site), race.id());
        assertEquals(tablesExpected(race), site.tables().constructedTables(), race.id());
    }

    private static int framesInUse(RaceSite site) {
        PhysicalMemory memory = site.machine().memory();
        int used = 0;
        for (long frame = memory.firstFrame(); frame < memory.firstFrame() + memory.frames(); frame++) {
            FrameKind kind = memory.frameTable().kind(frame);
            boolean ours = memory.frameTable().owner(frame) != Reuse.FOREIGN_OWNER;
            used += ours && kind != FrameKind.FREED && kind != FrameKind.UNUSED ? 1 : 0;
        }
        return used;
    }

    private static int framesExpectedInUse(Race race) {
        int pages = race.mutator() == Mutators.MUNMAP_PARTIAL ? 1 : race.mutator() == Mutators.POPULATE ? 2 : 0;
        return tablesExpected(race) + pages;
    }

    private static int tablesExpected(Race race) {
        int levels = race.satp().levels();
        return switch ((Mutators) race.mutator()) {
            case MUNMAP -> levels - race.conditions().victim().level() - 1;
            case MUNMAP_PARTIAL, COLLAPSE -> levels;
            case POPULATE -> levels + 1;
        };
    }

    @ParameterizedTest
    @EnumSource(SatpMode.class)
    void everyVictimOfEveryModeAndShapeIsFreed(SatpMode mode) {
        for (TableLevel victim : TableLevel.values()) {
            for (TableShape shape : TableShape.values()) {
                if (victim.isFreeableUnder(mode)) {
                    Race race = Race.of(Walkers.FAST_GUP)
                            .freeing(Freeings.REMOVE_TABLE)
                            .satp(mode)
                            .victim(victim)
                            .shape(shape);
                    RaceInstance instance = prepared(race);
                    long frame = race.mutator().victimFrame(instance.site());
                    assertEquals(WalkOutcome.PINNED, instance.walk());
                    instance.release();
                    instance.mutate();
                    assertNothingIsLeft(instance, frame);
                }
            }
        }
    }

    @Test
    void aHartThatSwitchesInLeavesTheMaskAgain() {
        for (WalkerMask mask : List.of(WalkerMask.SWITCHES_IN, WalkerMask.SWITCHES_IN_UNORDERED)) {
            RaceInstance instance = prepared(Race.of(Walkers.FAST_GUP).where(each -> each.withMask(mask)));
            instance.walk();
            assertEquals(0b10, instance.site().mm().cpumask().harts());
        }
    }

    /** Else opening the section would be the barrier. Each walk of an instance begins anew. */
    @ParameterizedTest
    @EnumSource(Walkers.class)
    void aHartThatSwitchesInUnorderedIsInTheMaskWithinItsSection(Walkers walker) {
        Race race = Race.of(walker).where(each -> each.withMask(WalkerMask.SWITCHES_IN_UNORDERED));
        List<Boolean> inMask = new ArrayList<>();
        RaceInstance[] instance = new RaceInstance[1];
        RaceObserver atSection = new RaceObserver() {
            @Override
            public void nextStep(int step) {
                MmCpumask mask = instance[0].site().mm().cpumask();
                inMask.add((mask.harts() & 1) != 0);
            }

            @Override
            public void sectionEnds(WalkTrace walk) {}

            @Override
            public void markerPassed() {}
        };
        instance[0] = new RaceInstance(race, Machine.boot(RaceInstance.specOf(race)), atSection);
        instance[0].prepare();
        assertEquals(0b10, instance[0].site().mm().cpumask().harts());
        instance[0].walk();
        instance[0].walk();
        assertEquals(Set.of(true), Set.copyOf(inMask));
        assertEquals(0b10, instance[0].site().mm().cpumask().harts());
    }

    // ---- Third actors.

    @Test
    void thereIsNothingToServeWithoutAThirdActor() {
        RaceInstance instance = prepared(Race.of(Walkers.FAST_GUP));
        assertThrows(IllegalStateException.class, instance::serve);
    }

    @Test
    @Timeout(20)
    void firmwareServesTheMutatorsFence() {
        RaceInstance instance = prepared(Race.of(Walkers.FAST_GUP)
                .shootdown(Shootdowns.SBI_RFENCE)
                .where(each -> each.withThirdActor(ThirdActor.FIRMWARE)));
        CompletableFuture<Void> firmware = CompletableFuture.runAsync(instance::serve);
        instance.mutate();
        firmware.join();
        assertEquals(2, instance.site().machine().hart(2).machineModeFences(FenceExtent.EVERYTHING));
        assertEquals(WalkOutcome.NOT_PRESENT, instance.walk());
    }

    @Test
    void anInterruptedHartIsInterruptedToo() {
        RaceInstance instance =
                prepared(Race.of(Walkers.FAST_GUP).where(each -> each.withThirdActor(ThirdActor.INTERRUPTED_HART)));
        instance.mutate();
        instance.serve();
        assertEquals(1, instance.site().machine().hart(2).interrupts(InterruptDelivery.BY_PROXY));
    }

    @Test
    @Timeout(20)
    void aWorkerOnItsOwnHartDoesTheFreeing() {
        Stream.of(Freeings.WORKER, Freeings.WORKER_BEFORE_FLUSH).forEach(RaceInstanceTest::assertAWorkerFrees);
    }

    private static void assertAWorkerFrees(Freeings freeing) {
        RaceInstance instance = prepared(
                Race.of(Walkers.FAST_GUP).freeing(freeing).where(each -> each.withThirdActor(ThirdActor.WORKER_HART)));
        long victim = instance.race().mutator().victimFrame(instance.site());
        FrameTable frames = instance.site().machine().memory().frameTable();
        instance.mutate();
        assertEquals(FrameKind.DETACHED_TABLE, frames.kind(victim));
        instance.serve();
        assertEquals(FrameKind.FREED, frames.kind(victim));
    }

    @Test
    @Timeout(20)
    void aWorkerToWhomNothingIsLeftComesToAnEnd() {
        RaceInstance instance =
                prepared(Race.of(Walkers.FAST_GUP).where(each -> each.withThirdActor(ThirdActor.WORKER_HART)));
        CompletableFuture<Void> worker = CompletableFuture.runAsync(instance::serve);
        instance.mutate();
        worker.join();
        assertEquals(WalkOutcome.NOT_PRESENT, instance.walk());
    }

    @Test
    void anRcuCallbackHartDoesTheFreeing() {
        RaceInstance instance = prepared(Race.of(Walkers.FAST_GUP)
                .freeing(Freeings.REMOVE_TABLE)
                .where(each -> each.withThirdActor(ThirdActor.RCU_CALLBACK_HART)));
        long victim = instance.race().mutator().victimFrame(instance.site());
        FrameTable frames = instance.site().machine().memory().frameTable();
        instance.mutate();
        assertEquals(FrameKind.DETACHED_TABLE, frames.kind(victim));
        instance.serve();
        assertEquals(FrameKind.FREED, frames.kind(victim));
        assertTrue(instance.race().actors() == 3);
    }
}
