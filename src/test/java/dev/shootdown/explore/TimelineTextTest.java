package dev.shootdown.explore;

import static dev.shootdown.explore.Recordings.FOUNDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.Recording.Ending;
import dev.shootdown.explore.Recordings.Script;
import dev.shootdown.explore.Step.Freshness;
import dev.shootdown.explore.Step.Kind;
import dev.shootdown.memory.Conditions;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Walkers;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTextTest {
    private static String text(Race race) {
        return TimelineText.of(Timeline.of(race, Recordings.overtaken(race)));
    }

    private static String lineWith(String text, String part) {
        return text.lines()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError(part + " not in\n" + text));
    }

    @Test
    void theFoundingRaceFitsOnAScreen() {
        String text = text(FOUNDING);
        assertTrue(
                text.startsWith("fast-gup/munmap/sbi-rfence/remove-page/sv39 under SC: READ_FREED_TABLE at step 6"),
                text);
        assertTrue(text.lines().count() <= 40, text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 150), text);
        assertTrue(text.lines().allMatch(line -> line.equals(line.stripTrailing())), text);
    }

    @Test
    void columnsStandBesideEachOther() {
        String text = text(FOUNDING);
        String title = lineWith(text, "kernel function");
        String unhook = lineWith(text, "pmd[1] of table 0x2000001 := none");
        assertEquals(title.indexOf("hart 1: MUNMAP"), unhook.indexOf("pmd[1]"));
        assertEquals(title.indexOf("pte table 0x2000002"), unhook.indexOf("unhooked"));
        assertEquals(title.indexOf("kernel function"), unhook.indexOf("pmd_clear"));
        assertEquals(title.indexOf("hart 0: FAST_GUP") - 2, unhook.indexOf("┃"));
    }

    @Test
    void theStepThatMustNotBeIsMarked() {
        String line = lineWith(text(FOUNDING), "→ freed");
        assertTrue(line.matches("✗   6\\d  gup_fast_pgd_range.*"), line);
        assertTrue(lineWith(text(FOUNDING), "✗ must not be").contains("┃ interrupts off"));
    }

    @Test
    void aWaitIsToldInTheColumnOfWhoWaits() {
        String text = text(FOUNDING.freeing(Freeings.REMOVE_TABLE));
        String line = lineWith(text, "waits for hart 0: interrupts off");
        assertTrue(line.startsWith("⇄"), line);
        assertTrue(line.contains("pte[1] of table 0x2000002 → none"), line);
        assertTrue(lineWith(text, "local_irq_restore").contains("…"), text);
    }

    @Test
    void handlersAndReadersHaveBarsOfTheirOwn() {
        assertTrue(lineWith(text(Race.of(Walkers.FAST_GUP)), "handler begins").contains("╏ "));
        assertTrue(
                lineWith(text(Race.of(Walkers.RCU_WALK)), "rcu nesting 0 → 1").contains("┆ "));
    }

    @Test
    void aDeadlockIsToldAtTheEnd() {
        Litmus embrace = Litmus.of(
                "embrace",
                0,
                (words, r) -> words.await(Litmus.Y, Conditions.ANY_SET, 1),
                (words, r) -> words.await(Litmus.X, Conditions.ANY_SET, 1));
        String text = TimelineText.of(Timeline.of(ScriptedRun.of(embrace, MemoryModel.SC)));
        assertTrue(text.startsWith("embrace under SC: deadlock\n"), text);
        assertTrue(text.contains("hart 1 waits for x to be ANY_SET 0x1, for ever\n"), text);
    }

    @Test
    void aStaleLoadSaysSo() {
        Litmus litmus = Litmus.of("mp", 0, (words, r) -> {}, (words, r) -> {});
        Recording recording = new Script()
                .add(0, Kind.STORE, Litmus.X, 0, 1)
                .add(1, Kind.LOAD, Litmus.X, 0, 0, Freshness.STALE)
                .recording("mp", litmus.layout(), new Schedule(List.of(), 0, 2, "0"), Ending.FAILED);
        String text = TimelineText.of(Timeline.of(recording));
        assertTrue(lineWith(text, "x → 0 (stale)").startsWith("✗    2"), text);
    }

    @Test
    void longCellsGoOnInTheNextLine() {
        assertEquals(List.of("one two", "three"), TimelineText.wrap("one two three", 8));
        assertEquals(List.of("one two", "three"), TimelineText.wrap("one two three", 7));
        assertEquals(List.of("abcd", "ef"), TimelineText.wrap("abcdef", 4));
        assertEquals(List.of(""), TimelineText.wrap("", 4));
        String text = text(FOUNDING.freeing(Freeings.REMOVE_TABLE));
        String second = lineWith(text, "   0x2000002   ");
        assertTrue(second.contains("┃"), second);
    }
}
