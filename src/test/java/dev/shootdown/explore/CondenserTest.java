package dev.shootdown.explore;

import static dev.shootdown.explore.Recordings.FOUNDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.Recording.Ending;
import dev.shootdown.explore.Recordings.Script;
import dev.shootdown.explore.Step.Freshness;
import dev.shootdown.explore.Step.Kind;
import dev.shootdown.explore.Timeline.Line;
import dev.shootdown.explore.Timeline.Mark;
import dev.shootdown.hart.ContextWord;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Poison;
import dev.shootdown.race.RaceInstance;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CondenserTest {
    private static final ImageLayout LAYOUT = RaceInstance.specOf(FOUNDING).layout();
    private static final long FREED = Poison.FREED.pattern();

    private final Script script = new Script();

    private static long at(String region, int word) {
        return LAYOUT.region(region).offset() + (long) word * Long.BYTES;
    }

    private List<Line> lines() {
        return Timeline.of(FOUNDING, script.recording(FOUNDING.id(), LAYOUT)).lines();
    }

    private List<String> texts() {
        return lines().stream().map(Line::what).toList();
    }

    private void fill(int hart, Kind kind, int from, int to) {
        for (int word = from; word < to; word++) {
            script.add(hart, kind, at("dram", 16 + word), 0, FREED);
        }
    }

    @Test
    void aFillIsOneLine() {
        fill(1, Kind.STORE, 0, 8);
        assertEquals(List.of("fills frame 0x2000002 with FREED (8 words)"), texts());
        assertEquals(1, lines().getFirst().first());
        assertEquals(8, lines().getFirst().last());
    }

    @Test
    void aFillThatIsInterruptedIsTwo() {
        fill(1, Kind.STORE, 0, 4);
        script.add(0, Kind.LOAD, at("mm1", 1), 0, 3);
        fill(1, Kind.STORE, 4, 8);
        assertEquals(
                List.of(
                        "fills frame 0x2000002 with FREED (4 words)",
                        "mm_cpumask → harts 0, 1",
                        "fills frame 0x2000002 with FREED (4 words)"),
                texts());
        assertEquals(Set.of(Mark.SWITCH), lines().getLast().marks());
    }

    @Test
    void aFillWithZeroesSaysSo() {
        for (int word = 16; word < 20; word++) {
            script.add(1, Kind.STORE, at("dram", word), FREED, 0);
        }
        assertEquals(List.of("zeroes frame 0x2000002 (4 words)"), texts());
    }

    @Test
    void twoStoresAreNoRun() {
        fill(1, Kind.STORE, 0, 2);
        assertEquals(List.of("pte[0] of table 0x2000002 := freed", "pte[1] of table 0x2000002 := freed"), texts());
    }

    @Test
    void aFillThroughTheStoreBufferIsOneLineIfItDrainsAtOnce() {
        for (int word = 0; word < 8; word++) {
            fill(1, Kind.BUFFER, word, word + 1);
            fill(1, Kind.DRAIN, word, word + 1);
        }
        assertEquals(List.of("fills frame 0x2000002 with FREED (8 words)"), texts());
    }

    @Test
    void aFillThatStaysInTheStoreBufferIsTwoLines() {
        fill(1, Kind.BUFFER, 0, 8);
        fill(1, Kind.DRAIN, 0, 8);
        assertEquals(
                List.of(
                        "buffers: fills frame 0x2000002 with FREED (8 words)",
                        "fills frame 0x2000002 with FREED (8 words)"),
                texts());
    }

    @Test
    void storesInTheBufferAndOutOfItAreTold() {
        script.add(1, Kind.BUFFER, at("dram", 9), 0, 0);
        script.add(0, Kind.LOAD, at("dram", 9), 0, 0);
        script.add(1, Kind.DRAIN, at("dram", 9), 0, 0);
        assertEquals(
                List.of(
                        "buffers pmd[1] of table 0x2000001 := none",
                        "pmd[1] of table 0x2000001 → none",
                        "drains pmd[1] of table 0x2000001 := none"),
                texts());
    }

    @Test
    void mailboxesAreFilledAndReadInOneLine() {
        for (Kind kind : List.of(Kind.STORE, Kind.LOAD)) {
            for (int word = 4; word < 8; word++) {
                script.add(1, kind, at("hart0.mailbox", word), 0, word);
            }
        }
        assertEquals(List.of("fills mailbox of hart 0 (4 words)", "reads mailbox of hart 0 (4 words)"), texts());
    }

    @Test
    void statisticsAndLooksAtOneselfAreLeftOut() {
        script.add(1, Kind.LOAD, at("hart1.counters", 4), 0, 0);
        script.add(1, Kind.STORE, at("hart1.counters", 4), 0, 1);
        script.add(1, Kind.LOAD, at("hart1.context", 0), 0, 0);
        script.add(1, Kind.BUFFER, at("hart1.counters", 4), 0, 2);
        script.add(1, Kind.DRAIN, at("hart1.counters", 4), 0, 2);
        script.add(1, Kind.LOAD, at("hart0.context", 0), 0, 0);
        assertEquals(List.of("context of hart 0 → interrupts on"), texts());
    }

    @Test
    void loadsThatPrepareAStoreAreLeftOut() {
        script.add(1, Kind.AWAIT, at("hart1.context", 0), 0, 0);
        script.add(1, Kind.READ_MODIFY_WRITE, at("hart1.context", 0), 0, ContextWord.INTERRUPTS_OFF);
        script.add(1, Kind.LOAD, at("mem_map", 5), 0, 3);
        script.add(1, Kind.LOAD, at("mem_map", 4), 0, 0);
        script.add(1, Kind.READ_MODIFY_WRITE, at("mem_map", 5), 4, 5);
        assertEquals(List.of("interrupts off", "frame 0x2000002: KERNEL → FREED"), texts());
    }

    @Test
    void aLoadBeforeAnotherHartsStoreStays() {
        script.add(0, Kind.LOAD, at("mm1", 3), 0, 0);
        script.add(1, Kind.READ_MODIFY_WRITE, at("mm1", 3), 0, 1);
        assertEquals(List.of("tlb_flush_pending → 0", "tlb_flush_pending: 0 → 1"), texts());
    }

    @Test
    void aQueueThatHasNotChangedIsToldOnce() {
        script.add(1, Kind.LOAD, at("rcu", 0), 0, 0);
        script.add(1, Kind.LOAD, at("rcu", 1), 0, 0);
        script.add(1, Kind.LOAD, at("rcu", 0), 0, 0);
        script.add(0, Kind.FENCE, Step.NO_WORD, 0, 0);
        script.add(1, Kind.LOAD, at("rcu", 0), 0, 0);
        script.add(1, Kind.STORE, at("mem_map", 8), 0, 0);
        assertEquals(
                List.of("rcu callbacks queued → 0", "rcu callbacks run → 0", "full fence", "rcu callbacks queued → 0"),
                texts());
    }

    @Test
    void aMarkedStepAlwaysStays() {
        script.add(0, Kind.LOAD, at("hart0.counters", 0), 0, 0, Freshness.STALE);
        script.add(0, Kind.LOAD, at("hart0.counters", 0), 0, 0);
        Recording recording = script.recording(
                FOUNDING.id(), LAYOUT, new Schedule(List.of(), 0, 2, "READ_FREED_TABLE"), Ending.FAILED);
        List<Line> lines = Timeline.of(FOUNDING, recording).lines();
        assertEquals(
                List.of(Set.of(Mark.STALE), Set.of(Mark.VIOLATION)),
                lines.stream().map(Line::marks).toList());
    }

    @Test
    void everyKindOfStepHasAText() {
        script.add(0, Kind.BEGIN, Step.NO_WORD, 0, 0);
        script.add(0, Kind.FENCE, Step.NO_WORD, 0, 0);
        script.add(0, Kind.COMPARE_FAILED, at("frames.fresh", 0), 0, 0x30);
        script.add(0, Kind.READ_MODIFY_WRITE, at("frames.fresh", 0), 0x30, 0x20);
        script.add(0, Kind.READ_MODIFY_WRITE, at("frames.recycled", 0), 0, 0x10);
        script.add(0, Kind.READ_MODIFY_WRITE, at("hart1.context", 0), 0, 1L << 16);
        script.add(0, Kind.READ_MODIFY_WRITE, at("hart1.context", 0), 1L << 16, 1L << 16);
        script.add(0, Kind.READ_MODIFY_WRITE, at("hart0.context", 0), 0, ContextWord.HARDWARE_WALK);
        script.add(0, Kind.READ_MODIFY_WRITE, at("hart0.context", 0), ContextWord.HARDWARE_WALK, 0);
        script.add(0, Kind.READ_MODIFY_WRITE, at("hart0.context", 0), 0, ContextWord.RCU_READER);
        assertEquals(
                List.of(
                        "begins",
                        "full fence",
                        "unused frames → 2 from 0x2000004, not as expected",
                        "unused frames: takes frame 0x2000004",
                        "given-back frames: adds frame 0x2000004",
                        "context of hart 1: interrupt from hart 0",
                        "context of hart 1 → interrupts on, requests of hart 0",
                        "hardware walk begins",
                        "hardware walk ends",
                        "rcu nesting 0 → 1"),
                texts());
    }

    @Test
    void theFoundingRaceIsAboutThirtyLines() {
        Timeline timeline = Timeline.of(FOUNDING, Recordings.overtaken(FOUNDING));
        assertTrue(timeline.lines().size() < 36, () -> timeline.lines().size() + " lines");
    }
}
