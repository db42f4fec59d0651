package dev.shootdown.explore;

import static dev.shootdown.explore.Recordings.FOUNDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.Recordings.Script;
import dev.shootdown.explore.Step.Kind;
import dev.shootdown.hart.ContextWord;
import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Poison;
import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.race.FreedFrames;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import dev.shootdown.riscv.Pte;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableShape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordNamesTest {
    private static final int FIRST = 0x200_0000;
    private static final int LATE = 1_000;

    private final Recording recording = Recordings.overtaken(FOUNDING);
    private final WordNames names = WordNames.of(FOUNDING, recording);

    private long offset(String region, int word) {
        return recording.layout().region(region).offset() + (long) word * Long.BYTES;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "hart0.context; 0; context of hart 0",
                "hart1.mailbox; 5; mailbox of hart 1 from hart 1: argument 1",
                "hart1.counters; 6; sections found open (hart 1)",
                "rcu; 0; rcu callbacks queued",
                "rcu; 1; rcu callbacks run",
                "rcu; 5; rcu[5]",
                "rcu; 10; rcu slot 1: callback",
                "rcu; 11; rcu slot 1: argument",
                "mm1; 0; pgd",
                "mm1; 1; mm_cpumask",
                "mm1; 3; tlb_flush_pending",
                "sbi.firmware; 1; firmware completed",
                "frames.fresh; 0; unused frames",
                "frames.recycled; 0; given-back frames",
                "mem_map; 6; references of page 0x2000003",
                "mem_map; 7; frame 0x2000003",
                "dram; 1; pgd[1] of table 0x2000000",
                "dram; 9; pmd[1] of table 0x2000001",
                "dram; 23; pte[7] of table 0x2000002",
                "dram; 24; word[0] of page 0x2000003",
                "dram; 32; word[0] of frame 0x2000004",
            })
    void wordsHaveTheirKernelNames(String region, int word, String name) {
        assertEquals(name, names.word(offset(region, word), 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "LOCK; table_lock.ADDRESS_SPACE; 0; lock of all tables; held",
                "LOCK_ENTRY_BEFORE; table_lock.ADDRESS_SPACE_ENTRY_BEFORE; 0; lock of all tables; held",
                "LOCK_FREER_ONLY; table_lock.ADDRESS_SPACE_FREER_ONLY; 0; lock of all tables; held",
                "LOCK_IN_TABLE; table_lock.OWN_DESCRIPTOR; 2; lock of table 0x2000002; held",
                "TABLE_COUNT; table_counts.RECHECKED; 2; count of table 0x2000002; 1",
                "TABLE_COUNT_UNCHECKED; table_counts.UNCHECKED; 1; count of table 0x2000001; 1",
                "TABLE_COUNT_BLIND; table_counts.BLIND; 2; count of table 0x2000002; 1",
                "TYPE_STABLE; table_stash; 0; tables put aside; 0x2000000",
            })
    void whatKeepsTablesHasAName(Freeings freeing, String region, int word, String name, String one) {
        Race race = FOUNDING.freeing(freeing);
        Recording kept = Recordings.overtaken(race);
        WordNames itsNames = WordNames.of(race, kept);
        long offset = kept.layout().region(region).offset() + (long) word * Long.BYTES;
        assertEquals(name, itsNames.word(offset, 0));
        assertEquals(one, itsNames.value(offset, 1, 0));
    }

    @Test
    void aLockThatWentWithItsTableIsDead() {
        Race race = FOUNDING.freeing(Freeings.LOCK_IN_TABLE);
        Recording kept = Recordings.overtaken(race);
        long offset = kept.layout().region("table_lock.OWN_DESCRIPTOR").offset();
        WordNames itsNames = WordNames.of(race, kept);
        assertEquals(
                List.of("free", "held", "dead", "dead, held"),
                Stream.of(0, 1, 2, 3)
                        .map(value -> itsNames.value(offset, value, 0))
                        .toList());
    }

    @Test
    void noWordHasNoName() {
        assertEquals("", names.word(Step.NO_WORD, 0));
        assertEquals("", names.value(Step.NO_WORD, 0, 0));
        assertEquals("0xfff8", names.word(0xfff8, 0));
    }

    @Test
    void entriesAreDecoded() {
        long pmd = offset("dram", 9);
        assertEquals("none", names.value(pmd, Pte.NONE, 0));
        assertEquals("table 0x2000002", names.value(pmd, Pte.table(FIRST + 2), 0));
        assertEquals("page 0x2000003", names.value(pmd, Pte.leaf(FIRST + 3), 0));
        assertEquals("freed", names.value(pmd, Poison.FREED.pattern(), 0));
        assertEquals("uninitialised", names.value(pmd, Poison.UNINITIALISED.pattern(), 0));
        assertEquals("foreign", names.value(pmd, Poison.FOREIGN.pattern() | Pte.leaf(FIRST), 0));
        assertEquals("reserved encoding 0x5", names.value(pmd, Pte.V | Pte.W, 0));
        assertEquals("not present, 0x2", names.value(pmd, Pte.R, 0));
    }

    @Test
    void contextsAreDecoded() {
        long context = offset("hart0.context", 0);
        assertEquals("interrupts on", names.value(context, 0, 0));
        assertEquals(
                "interrupts off, rcu_read_lock held, requests of hart 1",
                names.value(context, ContextWord.INTERRUPTS_OFF | ContextWord.RCU_READER | 1L << 17, 0));
        assertEquals(
                "interrupts on, in handler, in hardware walk",
                names.value(context, ContextWord.IN_HANDLER | ContextWord.HARDWARE_WALK, 0));
    }

    @Test
    void otherValuesAreDecoded() {
        assertEquals("harts 0, 1", names.value(offset("mm1", 1), 3, 0));
        assertEquals("no hart", names.value(offset("mm1", 1), 0, 0));
        assertEquals("table 0x2000000", names.value(offset("mm1", 0), FIRST, 0));
        assertEquals("2", names.value(offset("mm1", 3), 2, 0));
        assertEquals("FREED", names.value(offset("mem_map", 7), FrameKind.FREED.ordinal(), 0));
        assertEquals("foreign DATA", names.value(offset("mem_map", 7), 0xF0L << 8 | FrameKind.DATA.ordinal(), 0));
        assertEquals("3, polling", names.value(offset("rcu", 1), 7, 0));
        assertEquals("empty", names.value(offset("rcu", 8), 0, 0));
        assertEquals("number 0", names.value(offset("rcu", 8), 1, 0));
        assertEquals("0x2000004", names.value(offset("rcu", 9), FIRST + 4, 0));
        assertEquals("7", names.value(offset("rcu", 9), 7, 0));
        assertEquals("hart 1", names.value(offset("sbi.firmware", 2), 2, 0));
        assertEquals("9", names.value(offset("sbi.firmware", 0), 9, 0));
        assertEquals("none", names.value(offset("frames.fresh", 0), 0, 0));
        assertEquals("0x2000003", names.value(offset("frames.fresh", 0), 8, 0));
        assertEquals("2 from 0x2000004", names.value(offset("frames.fresh", 0), 0x30, 0));
    }

    @Test
    void aBroadcastIsNoRequestToTheFirmware() {
        Race race = FOUNDING.shootdown(Shootdowns.BROADCAST_UNSYNCED);
        Recording broadcast = Recordings.overtaken(race);
        WordNames words = WordNames.of(race, broadcast);
        long message = broadcast.layout().region("interconnect").offset();
        assertEquals("interconnect request", words.word(message, 0));
        assertEquals("interconnect targets", words.word(message + 2 * Long.BYTES, 0));
        assertEquals("harts 0, 1", words.value(message + 2 * Long.BYTES, 3, 0));
        assertTrue(broadcast.steps().stream()
                .noneMatch(step -> words.word(step.offset(), step.number()).startsWith("firmware")));
    }

    @Test
    void aBatchIsNamedFromWhenItIsAllocated() {
        Race race = FOUNDING.freeing(Freeings.REMOVE_TABLE);
        WordNames batch = WordNames.of(race, Recordings.overtaken(race));
        long count = offset("dram", 4 * 8 + 2);
        assertEquals("word[2] of frame 0x2000004", batch.word(count, 1));
        assertEquals("tables in batch 0x2000004", batch.word(count, LATE));
        assertEquals("slot[3] of batch 0x2000004", batch.word(count + 8, LATE));
        assertEquals("table 0x2000002", batch.value(count + 8, FIRST + 2, LATE));
        assertEquals("1", batch.value(count, 1, LATE));
    }

    @Test
    void aNewTableHasItsLevelFromWhenItIsAllocated() {
        Race race = Race.of(Walkers.FAST_GUP)
                .against(Mutators.POPULATE)
                .where(each -> each.withPublishOrder(PublishOrder.ZERO_THEN_RELEASE));
        Recording populated = Recordings.overtaken(race, 0);
        Step zeroing = populated.steps().stream()
                .filter(step -> step.kind() == Kind.STORE && step.before() == Poison.UNINITIALISED.pattern())
                .findFirst()
                .orElseThrow();
        WordNames table = WordNames.of(race, populated);
        assertEquals("pte[0] of table 0x2000004", table.word(zeroing.offset(), zeroing.number()));
        assertEquals("word[0] of frame 0x2000004", table.word(zeroing.offset(), 0));
    }

    @Test
    void aFrameThatComesBackToSomebodyElseKeepsItsName() {
        Race race = FOUNDING.where(each -> each.withFreedFrames(FreedFrames.RECYCLED_AS_TABLE));
        WordNames recycled = WordNames.of(race, Recordings.overtaken(race));
        assertEquals("pte[1] of table 0x2000002", recycled.word(offset("dram", 17), LATE));
    }

    @Test
    void tablesAreNamedByLevelAndFramesBySize() {
        Race race = FOUNDING.satp(SatpMode.SV57).shape(TableShape.ARCHITECTURAL);
        Recording large = Recordings.overtaken(race, 0);
        WordNames levels = WordNames.of(race, large);
        long dram = large.layout().region("dram").offset();
        assertEquals("pgd[1] of table 0x80000", levels.word(dram + 8, 0));
        assertEquals("p4d[1] of table 0x80001", levels.word(dram + 4_096 + 8, 0));
        assertEquals("pud[511] of table 0x80002", levels.word(dram + 3 * 4_096 - 8, 0));
    }

    @Test
    void aProgramThatIsNoRaceHasTheNamesOfItsRegions() {
        ImageLayout layout = new ImageLayout();
        layout.reserve("x", 1);
        layout.reserve("ring", 2);
        WordNames plain = WordNames.of(new Script().recording("litmus", layout));
        assertEquals("x", plain.word(0, 0));
        assertEquals("ring[1]", plain.word(72, 0));
        assertEquals("-3", plain.value(0, -3, 0));
        assertEquals("0x1000", plain.value(72, 4_096, 0));
    }

    /** A second address space, made before the race or in it, has its number in the names of what is its own. */
    @Test
    void tablesOfASecondAddressSpaceAreNamedAfterIt() {
        Race race = Race.parse("fast-gup/unshare-huge-pmd/sbi-rfence/remove-page/sv39/third=own");
        Exploration found = new Explorer(Bounds.DEFAULT, 1).explore(race, MemoryModel.SC);
        Recording failing =
                Replayer.replay(race, MemoryModel.SC, found.witness().orElseThrow());
        WordNames told = WordNames.of(race, failing);
        List<String> ofTheSecond = wordsOf(2, failing, told);
        assertTrue(ofTheSecond.contains("pgd (mm 2)"), ofTheSecond::toString);
        assertTrue(
                ofTheSecond.stream().anyMatch(each -> each.matches("pgd\\[1\\] of table 0x\\w+ \\(mm 2\\)")),
                "as prepared");
        assertTrue(
                ofTheSecond.stream().anyMatch(each -> each.matches("pte\\[1\\] of table 0x\\w+ \\(mm 2\\)")),
                "a new table");
        List<String> ofTheWalker = wordsOf(0, failing, told);
        assertTrue(ofTheWalker.contains("pgd"), ofTheWalker::toString);
        assertTrue(
                ofTheWalker.stream().anyMatch(each -> each.matches("references of page 0x\\w+ \\(mm 2\\)")),
                "the walker pins a page of the second");
    }

    private static List<String> wordsOf(int hart, Recording recording, WordNames names) {
        return recording.steps().stream()
                .filter(step -> step.hart() == hart)
                .map(step -> names.word(step.offset(), step.number()))
                .toList();
    }
}
