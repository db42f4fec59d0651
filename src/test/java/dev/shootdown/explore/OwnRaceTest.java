package dev.shootdown.explore;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.mm.TableFreeing;
import dev.shootdown.race.ClassifierBroke;
import dev.shootdown.race.Explored;
import dev.shootdown.race.FreeingKind;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.Grade;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.OutcomeClassifier;
import dev.shootdown.race.OwnOutcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceCheck;
import dev.shootdown.race.RaceSite;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import dev.shootdown.walk.WalkOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Races explored and asserted the way somebody else's test does it. */
class OwnRaceTest {
    private static final Race SAFE = Race.of(Walkers.FAST_GUP).freeing(Freeings.REMOVE_TABLE);
    private static final Race BROKEN = Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE);

    /** Frees at once. */
    private record FreeNow() implements FreeingKind {
        @Override
        public String name() {
            return "FREE_NOW";
        }

        @Override
        public TableFreeing strategy() {
            return (gather, table) -> gather.freeNow(table);
        }
    }

    /** Frees, and again. */
    private record FreeTwice() implements FreeingKind {
        @Override
        public String name() {
            return "FREE_TWICE";
        }

        @Override
        public TableFreeing strategy() {
            return (gather, table) -> {
                gather.freeNow(table);
                gather.freeNow(table);
            };
        }
    }

    /** Wants the walker to have pinned the page. */
    private record AlwaysPinned() implements RaceCheck {
        @Override
        public String name() {
            return "NOT_PINNED";
        }

        @Override
        public boolean holds(RaceSite site, List<WalkOutcome> walks) {
            return walks.equals(List.of(WalkOutcome.PINNED));
        }
    }

    /** Tells walks by whether they took a reference. */
    private record References(Grade ifTaken) implements OutcomeClassifier {
        @Override
        public String name() {
            return "REFERENCES";
        }

        @Override
        public List<OwnOutcome> outcomes() {
            return List.of(new OwnOutcome("REFERENCE_TAKEN", ifTaken), OwnOutcome.acceptable("NO_REFERENCE"));
        }

        @Override
        public Optional<OwnOutcome> classify(RaceSite site, List<WalkOutcome> walks) {
            return Optional.of(outcomes().get(walks.contains(WalkOutcome.PINNED) ? 0 : 1));
        }
    }

    /** Wants what {@code REMOVE_TABLE} promises. */
    private record TablesAreFreed() implements RaceCheck {
        @Override
        public String name() {
            return "TABLE_LEAKED";
        }

        @Override
        public boolean holds(RaceSite site, List<WalkOutcome> walks) {
            var memory = site.machine().memory();
            return LongStream.range(memory.firstFrame(), memory.firstFrame() + memory.frames())
                    .noneMatch(frame -> memory.frameTable().kind(frame) == FrameKind.DETACHED_TABLE);
        }
    }

    @TempDir
    Path directory;

    @BeforeEach
    void keepWitnessesHere() {
        System.setProperty(Race.WITNESSES_PROPERTY, directory.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(Race.WITNESSES_PROPERTY);
    }

    @Test
    void exploresUnderEveryModelUnlessToldOtherwise() {
        Explored explored = SAFE.explore();
        assertEquals(
                List.of(MemoryModel.values()),
                explored.models().stream().map(each -> each.model()).toList());
        assertEquals(Verdict.SAFE, explored.verdict());
        assertEquals(Set.of("NOT_PRESENT", "PINNED", "RETRY"), explored.outcomes());
        assertTrue(explored.executions() > 3);
        assertTrue(explored.failure().isEmpty());
        assertEquals(1, SAFE.explore(MemoryModel.TSO).models().size());
    }

    @Test
    void sayingNoModelIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> SAFE.explore(new MemoryModel[0]));
    }

    @Test
    void tellsWhatCameOutInWords() {
        String text = BROKEN.explore(MemoryModel.SC).toString();
        assertTrue(
                text.matches("(?s)fast-gup/munmap/sbi-rfence/remove-page/sv39: UNSAFE\n"
                        + "  SC: UNSAFE, \\d+ executions in \\d+ ms: NOT_PRESENT, PINNED, READ_FREED_TABLE, RETRY"),
                text);
    }

    @Test
    void saysOnceAndLastHowTheWeakModelDiffers() {
        String caveat = MemoryModel.WEAK.caveat().orElseThrow();
        Explored explored = SAFE.explore(MemoryModel.SC, MemoryModel.WEAK);
        String text = explored.toString();
        assertAll(
                () -> assertEquals(4, text.lines().count(), text),
                () -> assertEquals(caveat, text.lines().toList().getLast()),
                () -> assertEquals(
                        1, explored.models().getFirst().toString().lines().count()),
                () -> assertTrue(explored.models().getLast().toString().endsWith("\n" + caveat), text));
    }

    @Test
    void assertionsPassWhereTheyMust() {
        assertEquals(SAFE, SAFE.assertSafe());
        assertEquals(BROKEN, BROKEN.assertUnsafe());
    }

    @Test
    void aFailedAssertionIsATimelineAndHowToReplayIt() {
        String message = assertThrows(AssertionError.class, BROKEN::assertSafe).getMessage();
        Path file = directory.resolve("fast-gup_munmap_sbi-rfence_remove-page_sv39_sc.json");
        assertAll(
                () -> assertTrue(message.startsWith(BROKEN.id() + " under SC: READ_FREED_TABLE at step"), message),
                () -> assertTrue(message.contains("sbi_rfence"), message),
                () -> assertTrue(
                        message.contains(
                                "Replay it with: Race.parse(\"" + BROKEN.id() + "\").replay(Path.of(\"" + file),
                        message),
                () -> assertTrue(message.contains("\nor with: ./shootdown replay " + file + "\n"), message),
                () -> assertTrue(Files.exists(file)));
        assertTrue(message.startsWith(BROKEN.replay(file)));
    }

    @Test
    void aFailedAssertionIsToldWhereNothingCanBeWritten() {
        System.setProperty(Race.WITNESSES_PROPERTY, "/proc/nothing");
        String message = assertThrows(AssertionError.class, BROKEN::assertSafe).getMessage();
        assertAll(
                () -> assertTrue(message.startsWith(BROKEN.id() + " under SC: READ_FREED_TABLE at step"), message),
                () -> assertTrue(message.contains("It cannot be replayed: /proc/nothing/fast-gup_munmap"), message),
                () -> assertTrue(message.endsWith("; -Dshootdown.witnesses names another directory.\n"), message));
    }

    @Test
    void aStrategyThatThrowsIsToldWithItsTimeline() {
        Race own = BROKEN.freeing(new FreeTwice());
        ActorThrew thrown = assertThrows(ActorThrew.class, () -> own.explore(MemoryModel.TSO));
        String message = thrown.getMessage();
        assertAll(
                () -> assertTrue(message.startsWith("an actor of " + own.id() + " threw under TSO, after "), message),
                () -> assertTrue(message.contains("\n\n" + own.id() + " under TSO: an actor threw\n"), message),
                () -> assertTrue(message.contains("munmap"), message),
                () -> assertEquals(Recording.Ending.THREW, thrown.recording().ending()));
    }

    @Test
    void anInterruptEndsAnExploration() throws InterruptedException {
        Race large = SAFE.where(each -> each.withWalkers(4));
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread explorer = new Thread(() -> {
            try {
                large.explore(MemoryModel.SC);
            } catch (CancellationException e) {
                end.set(e);
            }
        });
        explorer.start();
        explorer.interrupt();
        explorer.join(60_000);
        assertFalse(explorer.isAlive());
        assertEquals("interrupted while exploring", end.get().getMessage());
    }

    @Test
    void aRaceWithPartsOfYourOwnIsReplayedFromCode() {
        Race own = BROKEN.freeing(new FreeNow());
        String message = assertThrows(AssertionError.class, own::assertSafe).getMessage();
        Path file = directory.resolve("fast-gup_munmap_sbi-rfence_free-now_sv39_sc.json");
        assertTrue(message.contains("race.replay(Path.of(\"" + file + "\"))"), message);
        assertFalse(message.contains("shootdown replay"), message);
        assertTrue(message.startsWith(own.replay(file)));
        assertThrows(RuntimeException.class, () -> BROKEN.replay(file));
    }

    @Test
    void aRaceThatHoldsIsNotUnsafe() {
        String message = assertThrows(AssertionError.class, SAFE::assertUnsafe).getMessage();
        assertTrue(message.startsWith(SAFE.id() + " was expected to fail, but did not\n  SC: SAFE, "), message);
    }

    @Test
    void aCheckOfYourOwnFailsARaceUnderItsName() {
        Race checked = SAFE.checking(new AlwaysPinned());
        assertEquals(SAFE.id() + "/classifier=not-pinned", checked.id());
        Explored explored = checked.explore(MemoryModel.SC);
        assertEquals(Set.of("NOT_PINNED", "PINNED"), explored.outcomes());
        assertEquals("NOT_PINNED", explored.failure().orElseThrow().outcome());
        String message = assertThrows(AssertionError.class, checked::assertSafe).getMessage();
        assertTrue(message.contains("NOT_PINNED"), message);
    }

    @Test
    void aClassifierNamesOutcomesOfEveryGrade() {
        Race found = SAFE.classifying(new References(Grade.INTERESTING));
        Explored explored = found.explore(MemoryModel.SC);
        assertEquals(SAFE.id() + "/classifier=references", found.id());
        assertEquals(Verdict.SAFE, explored.verdict());
        assertEquals(Set.of("NO_REFERENCE", "REFERENCE_TAKEN"), explored.outcomes());
        Race forbidding = SAFE.classifying(new References(Grade.FORBIDDEN));
        assertEquals(
                "REFERENCE_TAKEN",
                forbidding.explore(MemoryModel.SC).failure().orElseThrow().outcome());
    }

    @Test
    void aBuiltInFailureGoesBeforeWhatAClassifierNames() {
        assertEquals(
                Set.of("NO_REFERENCE", "READ_FREED_TABLE", "REFERENCE_TAKEN"),
                BROKEN.classifying(new References(Grade.INTERESTING))
                        .explore(MemoryModel.SC)
                        .outcomes());
    }

    @Test
    void ofSeveralClassifiersTheWorstOutcomeCounts() {
        Race race = SAFE.classifying(new References(Grade.ACCEPTABLE)).checking(new AlwaysPinned());
        assertEquals(
                Set.of("REFERENCE_TAKEN", "NOT_PINNED"),
                race.explore(MemoryModel.SC).outcomes());
    }

    @Test
    void namingWhatWasNotDeclaredIsAnError() {
        Race race = SAFE.classifying(new OutcomeClassifier() {
            @Override
            public String name() {
                return "LIES";
            }

            @Override
            public List<OwnOutcome> outcomes() {
                return List.of(OwnOutcome.acceptable("TRUTH"));
            }

            @Override
            public Optional<OwnOutcome> classify(RaceSite site, List<WalkOutcome> walks) {
                return Optional.of(OwnOutcome.forbidden("TRUTH"));
            }
        });
        String complaint = "the classifier LIES of " + race.id()
                + " named OwnOutcome[name=TRUTH, grade=FORBIDDEN], which is not among its outcomes"
                + " [OwnOutcome[name=TRUTH, grade=ACCEPTABLE]]";
        assertEquals(
                complaint,
                assertThrows(ClassifierBroke.class, () -> race.explore(MemoryModel.SC))
                        .getMessage());
        assertEquals(
                complaint,
                assertThrows(ClassifierBroke.class, () -> race.stress(Duration.ofMillis(1)))
                        .getMessage());
    }

    @Test
    void aCheckThatHoldsChangesNothing() {
        Race checked = SAFE.checking(new TablesAreFreed()).satp(SAFE.satp());
        assertEquals(1, checked.classifiers().size());
        checked.assertSafe();
        assertEquals(
                Set.of("READ_FREED_TABLE", "NOT_PRESENT", "PINNED", "RETRY"),
                BROKEN.checking(new TablesAreFreed()).explore(MemoryModel.SC).outcomes());
    }
}
