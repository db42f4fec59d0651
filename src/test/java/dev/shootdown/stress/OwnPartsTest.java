package dev.shootdown.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.hart.FenceExtent;
import dev.shootdown.hart.Hart;
import dev.shootdown.hart.InterruptsOff;
import dev.shootdown.hart.Ipi;
import dev.shootdown.hart.Machine;
import dev.shootdown.hart.MachineSpec;
import dev.shootdown.mm.MmuGather;
import dev.shootdown.pagetable.EntryReader;
import dev.shootdown.pagetable.PageTables;
import dev.shootdown.race.Expectation;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutator;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.OutcomeClassifier;
import dev.shootdown.race.OwnOutcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceCheck;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceObserver;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.ShootdownKind;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.StressVerdict;
import dev.shootdown.race.Stressed;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walker;
import dev.shootdown.race.WalkerKind;
import dev.shootdown.race.Walkers;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.tlb.FlushRange;
import dev.shootdown.tlb.RfenceRoute;
import dev.shootdown.tlb.Shootdown;
import dev.shootdown.walk.WalkOutcome;
import dev.shootdown.walk.WalkTrace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A walker, a mutator, a dispatcher and a check of one's own, written against the public types alone, under both engines. */
class OwnPartsTest {
    /** Looks whether an address is mapped, with interrupts off, and pins nothing. */
    private static final class Look implements Walker, WalkTrace {
        private final Hart hart;
        private final EntryReader reader;
        private final RaceObserver observer;
        private final long[] entered;

        Look(RaceSite site) {
            this.hart = site.walkerHart();
            this.reader = new EntryReader(site.tables());
            this.observer = site.observer();
            this.entered = new long[site.tables().mode().levels()];
        }

        @Override
        public WalkOutcome walk(long virtualAddress) {
            reader.begin();
            try (InterruptsOff section = hart.interruptsOff()) {
                section.requireOpen();
                WalkOutcome outcome = descend(virtualAddress);
                observer.sectionEnds(this);
                return WalkOutcome.ofFinding(reader, outcome);
            }
        }

        private WalkOutcome descend(long virtualAddress) {
            long table = reader.rootFrame();
            for (int level = entered.length - 1; level >= 0; level--) {
                entered[level] = table;
                observer.nextStep(level);
                long entry = reader.load(reader.entryOffset(table, level, virtualAddress), level);
                if (!Pte.isPresent(entry)) {
                    return WalkOutcome.NOT_PRESENT;
                }
                table = Pte.ppn(entry);
            }
            return WalkOutcome.RETRY;
        }

        @Override
        public void release() {}

        @Override
        public long enteredTable(int level) {
            return entered[level];
        }

        @Override
        public int findingLevel() {
            return reader.findingLevel();
        }
    }

    private record OwnWalker(String name) implements WalkerKind {
        @Override
        public Walker on(RaceSite site) {
            return new Look(site);
        }
    }

    /** Unhooks a pte table whose page stays mapped. */
    private record OwnMutator(String name) implements MutatorKind {
        @Override
        public void prepare(RaceSite site) {
            site.mm().map(site.address());
        }

        @Override
        public Mutator on(RaceSite site) {
            PageTables tables = site.tables();
            MmuGather gather = site.gather();
            return () -> {
                gather.begin();
                gather.freeTable(tables.unhook(site.mm().parentOf(site.address(), TableLevel.PTE), 0), site.address());
                gather.finish();
            };
        }

        @Override
        public WalkOutcome failure(RaceConditions conditions) {
            return WalkOutcome.READ_FREED_TABLE;
        }
    }

    /** A waited interrupt that counts how often it was asked for, in the machine's image. */
    private record OwnShootdown(String name) implements ShootdownKind {
        static final String COUNTER = "own-shootdown-counter";

        @Override
        public MachineSpec prepare(MachineSpec spec) {
            return spec.withRegion(COUNTER, 1);
        }

        @Override
        public Shootdown on(Machine machine) {
            Ipi ipi = machine.ipi((target, extent, start, size) -> target.localFence(FenceExtent.of(extent)));
            return new Shootdown() {
                @Override
                public RfenceRoute route() {
                    return RfenceRoute.S_MODE_IPI;
                }

                @Override
                public void fence(Hart sender, long targets, FlushRange range) {
                    machine.words().getAndAdd(machine.region(COUNTER), 1);
                    ipi.call(sender, targets, range.extent().ordinal(), range.start(), range.size());
                }
            };
        }
    }

    /** Wants the dispatcher to have been asked a number of times. */
    private record Asked(String name, int times) implements RaceCheck {
        @Override
        public boolean holds(RaceSite site, List<WalkOutcome> walks) {
            Machine machine = site.machine();
            return machine.words().getVolatile(machine.region(OwnShootdown.COUNTER)) == times;
        }
    }

    private static final Race OWN = Race.of(new OwnWalker("LOOK"))
            .against(new OwnMutator("UNHOOK"))
            .shootdown(new OwnShootdown("COUNTED_IPI"))
            .expecting(Expectation.safe("the interrupt is waited for", "this test"));

    private static final Race BROKEN = OWN.shootdown(Shootdowns.SBI_RFENCE)
            .expecting(Expectation.unsafe("nobody waits for the walk", "this test"));

    @Test
    void areExplored() {
        assertEquals("look/unhook/counted-ipi/remove-page/sv39", OWN.id());
        OWN.assertSafe();
        BROKEN.assertUnsafe();
    }

    @Test
    void areStressed() {
        Stressed stressed = BROKEN.stress(Duration.ofMillis(50));
        for (int millis = 100; stressed.verdict() != StressVerdict.UNSAFE && millis < 10_000; millis *= 2) {
            stressed = BROKEN.stress(Duration.ofMillis(millis));
        }
        assertEquals(StressVerdict.UNSAFE, stressed.verdict(), stressed::toString);
        assertTrue(stressed.contended() > 0, stressed::toString);
        assertEquals(0, OWN.stress(Duration.ofMillis(50)).failures());
    }

    @Test
    void aCheckSeesTheMachine() {
        OWN.checking(new Asked("FENCED_ONCE", 1)).assertSafe(MemoryModel.SC);
        assertEquals(
                Verdict.UNSAFE,
                OWN.checking(new Asked("FENCED_TWICE", 2))
                        .explore(MemoryModel.SC)
                        .verdict());
    }

    @ParameterizedTest
    @ValueSource(strings = {"look", "Look", "", "LOOK-UP", "LOOK__UP", "_LOOK", "LOOK_", "1LOOK", "LOOK/UP"})
    void aNameThatWouldMakeNoIdIsAnError(String name) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> Race.of(new OwnWalker(name)));
        assertEquals(
                "the name of a walker is upper-case letters, digits and single underscores, such as WAIT_FOR_NOBODY;"
                        + " not '" + name + "' (" + OwnWalker.class.getName() + ")",
                thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "PINNED, an outcome of your own cannot be named PINNED: a built-in one is",
        "FENCED_ONCE, a classifier cannot be named FENCED_ONCE: another one of the race is"
    })
    void aCheckWhoseNameIsTakenIsAnError(String name, String complaint) {
        Race checked = OWN.checking(new Asked("FENCED_ONCE", 1));
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> checked.checking(new Asked(name, 2)));
        assertEquals(complaint, thrown.getMessage());
    }

    /** Tells by the dispatcher's counter, in the machine's image, what there was to flush. */
    private record Flushes(String name) implements OutcomeClassifier {
        @Override
        public List<OwnOutcome> outcomes() {
            return List.of(OwnOutcome.interesting("FLUSHED_ONCE"), OwnOutcome.forbidden("FLUSHED_AGAIN"));
        }

        @Override
        public Optional<OwnOutcome> classify(RaceSite site, List<WalkOutcome> walks) {
            Machine machine = site.machine();
            long flushes = machine.words().getVolatile(machine.region(OwnShootdown.COUNTER));
            return Optional.of(outcomes().get(flushes == 1 ? 0 : 1));
        }
    }

    @Test
    void aClassifierNamesWhatBothEnginesCount() {
        Race classified = OWN.classifying(new Flushes("FLUSHES"));
        assertEquals(Set.of("FLUSHED_ONCE"), classified.explore(MemoryModel.SC).outcomes());
        Stressed stressed = classified.stress(Duration.ofMillis(50));
        assertEquals(0, stressed.failures(), stressed::toString);
        assertTrue(stressed.interesting() > 0, stressed::toString);
        assertTrue(stressed.interruptsSelf() + stressed.interruptsByProxy() > 0, stressed::toString);
    }

    @Test
    void twoClassifiersCannotNameTheSameOutcome() {
        Race classified = OWN.classifying(new Flushes("FLUSHES"));
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> classified.classifying(new Flushes("OTHER_FLUSHES")));
        assertEquals("an outcome cannot be named FLUSHED_ONCE: another one of the race is", thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 6})
    void moreOrFewerHartsThanThereCanBeIsAnError(int harts) {
        Race race = Race.of(Walkers.FAST_GUP);
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> race.harts(harts));
        assertEquals("harts must be 2..5, one of which unmaps, not " + harts, thrown.getMessage());
    }
}
