package dev.shootdown.explore;

import static dev.shootdown.explore.Recordings.FOUNDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.Recording.Ending;
import dev.shootdown.explore.Recording.Wait;
import dev.shootdown.explore.ScriptedRun.Segment;
import dev.shootdown.explore.Step.Kind;
import dev.shootdown.explore.Timeline.Arrow;
import dev.shootdown.explore.Timeline.Line;
import dev.shootdown.explore.Timeline.Mark;
import dev.shootdown.explore.Timeline.Row;
import dev.shootdown.explore.Timeline.Section;
import dev.shootdown.explore.Timeline.Signal;
import dev.shootdown.explore.Timeline.Stage;
import dev.shootdown.explore.Timeline.State;
import dev.shootdown.explore.Timeline.VictimLife;
import dev.shootdown.explore.Timeline.Waiting;
import dev.shootdown.explore.Timeline.Window;
import dev.shootdown.memory.Conditions;
import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.race.FreedFrames;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.ThirdActor;
import dev.shootdown.race.Walkers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Race IPI = Race.of(Walkers.FAST_GUP);

    private static Timeline overtaken(Race race) {
        return Timeline.of(race, Recordings.overtaken(race));
    }

    @Test
    void tellsTheFoundingRace() {
        Timeline timeline = overtaken(FOUNDING);
        assertEquals(List.of("hart 0: FAST_GUP", "hart 1: MUNMAP"), timeline.harts());
        assertEquals(Ending.FAILED, timeline.ending());
        int last = timeline.rows().size();
        assertEquals(last - 1, timeline.violationStep());
        assertEquals("READ_FREED_TABLE", timeline.outcome());
        assertEquals(
                new Row(
                        last - 1,
                        0,
                        Kind.LOAD,
                        "gup_fast_pgd_range",
                        "pte[1] of table 0x2000002",
                        "pte[1] of table 0x2000002 → freed",
                        Set.of(Mark.VIOLATION, Mark.SWITCH)),
                timeline.rows().get(last - 2));
        assertEquals(List.of(new Window(0, Section.INTERRUPTS_OFF, 0, 2, last)), timeline.windows());
        assertEquals(List.of(), timeline.waits());
    }

    @Test
    void aReadBeforeThePoisonIsToldAlthoughTheWalkerDidNotNoticeIt() {
        int marked = step(overtaken(FOUNDING), "frame 0x2000002: DETACHED_TABLE → FREED");
        Segment walker = Segment.of(0, Recordings.UNTIL_THE_PMD_IS_READ);
        Segment freer = Segment.of(1, marked - walker.steps());
        Timeline timeline = Timeline.of(FOUNDING, ScriptedRun.of(FOUNDING, walker, freer, Segment.all(0)));
        assertEquals(Ending.FAILED, timeline.ending());
        assertEquals("FORBIDDEN_ACCESS (unnoticed: NOT_PRESENT)", timeline.outcome());
        assertEquals(marked + 1, timeline.violationStep());
    }

    @Test
    void tellsTheLifeOfTheVictim() {
        Timeline timeline = overtaken(FOUNDING);
        VictimLife life = timeline.victim().orElseThrow();
        int unhooked = step(timeline, "pmd[1] of table 0x2000001 := none");
        int freed = step(timeline, "frame 0x2000002: DETACHED_TABLE → FREED");
        assertEquals("pte table 0x2000002", life.name());
        assertEquals(
                List.of(new Stage(State.LINKED, 0), new Stage(State.UNHOOKED, unhooked), new Stage(State.FREED, freed)),
                life.stages());
        assertEquals(Optional.of(State.LINKED), life.after(unhooked - 1));
        assertEquals(Optional.of(State.UNHOOKED), life.after(unhooked));
        assertEquals(Optional.of(State.FREED), life.after(Timeline.OPEN));
    }

    @Test
    void aRecycledVictimHasAFourthStage() {
        Race race = FOUNDING.where(each -> each.withFreedFrames(FreedFrames.RECYCLED_AS_TABLE));
        assertEquals(List.of(State.LINKED, State.UNHOOKED, State.FREED, State.RECYCLED), states(overtaken(race)));
    }

    @Test
    void theLifeOfAPageEndsWithTheEntryOnTheWayToIt() {
        for (Mutators mutator : List.of(Mutators.MUNMAP_PARTIAL, Mutators.COLLAPSE)) {
            Timeline timeline = overtaken(IPI.against(mutator));
            VictimLife life = timeline.victim().orElseThrow();
            assertEquals("page 0x2000003", life.name());
            assertEquals(List.of(State.LINKED, State.UNHOOKED, State.FREED), states(timeline));
            String what = timeline.rows().get(life.stages().get(1).from() - 1).what();
            assertTrue(what.startsWith(mutator == Mutators.COLLAPSE ? "pmd[1]" : "pte[1]"), what);
        }
    }

    @Test
    void whereNothingIsFreedTheNewTableIsFollowed() {
        Race race = IPI.against(Mutators.POPULATE);
        assertEquals(List.of(State.ALLOCATED, State.ZEROED, State.LINKED), states(overtaken(race)));
        Race early = race.where(each -> each.withPublishOrder(PublishOrder.PUBLISH_THEN_ZERO));
        assertEquals(List.of(State.ALLOCATED, State.LINKED, State.ZEROED), states(overtaken(early)));
        assertEquals(Optional.empty(), overtaken(race).victim().orElseThrow().after(0));
        assertEquals(
                "pte table 0x2000004", overtaken(race).victim().orElseThrow().name());
    }

    private static List<State> states(Timeline timeline) {
        return timeline.victim().orElseThrow().stages().stream()
                .map(Stage::state)
                .toList();
    }

    @Test
    void anInterruptIsSentTakenAndAcknowledged() {
        Timeline timeline = overtaken(IPI);
        int posted = step(timeline, "context of hart 0: interrupt from hart 1");
        int taken = step(timeline, "handler begins for hart 1");
        int ended = step(timeline, "handler run 1 ends");
        Waiting wait = timeline.waits().getFirst();
        assertTrue(posted <= wait.from() && wait.from() < taken, () -> wait.toString());
        assertEquals(new Waiting(1, 0, "interrupts off", "smp_call_function_many", wait.from(), wait.to()), wait);
        assertEquals(
                List.of(
                        new Arrow(Signal.INTERRUPT, 1, posted, 0, taken),
                        new Arrow(Signal.ACKNOWLEDGEMENT, 0, ended, 1, wait.to())),
                timeline.arrows());
        assertTrue(timeline.windows().contains(new Window(0, Section.IN_HANDLER, 0, taken, ended)));
    }

    @Test
    void aHandlerThatRunsByProxyNamesWhoRunsIt() {
        Race race = IPI;
        Timeline timeline = Timeline.of(race, ScriptedRun.of(race, Segment.all(1)));
        Window handler = timeline.windows().getFirst();
        assertEquals(Section.IN_HANDLER, handler.section());
        assertEquals(0, handler.hart());
        assertEquals(1, handler.by());
    }

    @Test
    void machineModeFencesGoToEachHart() {
        Timeline timeline = overtaken(FOUNDING);
        int first = step(timeline, "context of hart 0 → interrupts off");
        Arrow own = timeline.arrows().getLast();
        assertEquals(
                List.of(
                        new Arrow(Signal.MACHINE_MODE_FENCE, 1, first, 0, first),
                        new Arrow(Signal.MACHINE_MODE_FENCE, 1, own.toStep(), 1, own.toStep())),
                timeline.arrows());
    }

    /** Where there are caches to empty, the fence holds off walks of the hardware meanwhile: it has a begin and an end. */
    @Test
    void aMachineModeFenceThatEmptiesCachesHasABeginAndAnEnd() {
        Race race = Race.of(Walkers.HARDWARE).shootdown(FOUNDING.shootdown()).freeing(FOUNDING.freeing());
        Timeline timeline = Timeline.of(race, ScriptedRun.of(race, Segment.all(1), Segment.all(0)));
        int begin = step(timeline, "context of hart 0: M-mode fence begins");
        assertTrue(begin < step(timeline, "context of hart 0: M-mode fence ends"));
        assertTrue(timeline.arrows().contains(new Arrow(Signal.MACHINE_MODE_FENCE, 1, begin, 0, begin)));
    }

    @Test
    void aFirmwareHartIsCalledAndReturns() {
        Race race = FOUNDING.where(each -> each.withThirdActor(ThirdActor.FIRMWARE));
        Timeline timeline = Timeline.of(race, ScriptedRun.of(race, Segment.of(0, 6), Segment.all(1), Segment.all(2)));
        assertEquals("hart 2: FIRMWARE", timeline.harts().get(2));
        Arrow call = arrow(timeline, Signal.FIRMWARE_CALL);
        Arrow back = arrow(timeline, Signal.FIRMWARE_RETURN);
        assertEquals(List.of(1, 2, 2, 1), List.of(call.fromHart(), call.toHart(), back.fromHart(), back.toHart()));
        Waiting wait = timeline.waits().getFirst();
        assertEquals(1, wait.hart());
        assertEquals(2, wait.forHart());
        assertTrue(wait.forWhat().startsWith("firmware completed to be "), wait.forWhat());
    }

    private static Arrow arrow(Timeline timeline, Signal signal) {
        return timeline.arrows().stream()
                .filter(arrow -> arrow.signal() == signal)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGracePeriodWaitsForAReader() {
        Race race = Race.of(Walkers.RCU_WALK).freeing(Freeings.REMOVE_TABLE);
        Timeline timeline = overtaken(race);
        Waiting wait = timeline.waits().getFirst();
        assertEquals(List.of(1, 0), List.of(wait.hart(), wait.forHart()));
        assertEquals("rcu_read_lock held", wait.forWhat());
        assertEquals("synchronize_rcu", wait.kernel());
        assertTrue(timeline.windows().stream().anyMatch(window -> window.section() == Section.RCU_READER));
    }

    @Test
    void aDeadlockIsAWaitThatDoesNotEnd() {
        Litmus embrace = Litmus.of(
                "embrace",
                0,
                (words, r) -> words.await(Litmus.Y, Conditions.ANY_SET, 1),
                (words, r) -> words.await(Litmus.X, Conditions.ANY_SET, 1));
        Timeline timeline = Timeline.of(ScriptedRun.of(embrace, MemoryModel.SC));
        assertEquals(Ending.DEADLOCK, timeline.ending());
        assertEquals(0, timeline.violationStep());
        assertEquals(
                new Waiting(0, Timeline.NOBODY, "y to be ANY_SET 0x1", "", 1, Timeline.OPEN),
                timeline.waits().getFirst());
        assertEquals(Wait.FOR_EVER, Timeline.OPEN);
    }

    @Test
    void aProgramThatIsNoRaceIsToldByItsRegions() {
        Litmus litmus = Litmus.of(
                "sb",
                2,
                (words, r) -> {
                    words.setOpaque(Litmus.X, 1);
                    r[0] = words.getOpaque(Litmus.Y);
                },
                (words, r) -> {
                    words.getAndAdd(Litmus.Y, 2);
                    words.compareAndSet(Litmus.X, 7, 8);
                });
        Timeline timeline = Timeline.of(ScriptedRun.of(litmus, MemoryModel.SC));
        assertEquals(
                List.of("begins", "x := 1", "y → 0", "begins", "y: 0 → 2", "x → 1, not as expected"),
                timeline.lines().stream().map(Line::what).toList());
        assertEquals(List.of("hart 0", "hart 1"), timeline.harts());
        assertTrue(timeline.victim().isEmpty());
    }

    private static int step(Timeline timeline, String what) {
        return timeline.rows().stream()
                .filter(row -> row.what().equals(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError(what + " not in " + timeline.rows()))
                .step();
    }
}
