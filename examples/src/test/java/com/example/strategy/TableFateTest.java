package com.example.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.junit.RaceEngine;
import dev.shootdown.junit.RaceTest;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableFateTest {
    static final Race WAITED_FOR = Races.WAIT_WITHOUT_MEMORY.classifying(new TableFate("TABLE_FATE"));
    static final Race FORGOTTEN = Races.FORGOTTEN;

    @RaceTest({"WAITED_FOR", "FORGOTTEN"})
    void explored() {}

    @RaceTest(value = "FORGOTTEN", engines = RaceEngine.STRESS, stressMillis = 300)
    void stressed() {}

    @Test
    void outcomesOfOnesOwnStandBesideTheBuiltInOnes() {
        assertEquals(
                Set.of("TABLE_FREED", "TABLE_FREED_BEHIND_A_PIN"),
                WAITED_FOR.explore(MemoryModel.SC).outcomes());
        assertEquals(
                Set.of("READ_FREED_TABLE", "TABLE_FREED", "TABLE_FREED_BEHIND_A_PIN"),
                Races.TWIN
                        .classifying(new TableFate("TABLE_FATE"))
                        .explore(MemoryModel.SC)
                        .outcomes());
    }

    @Test
    void whatIsOnlyInterestingIsCounted() {
        assertTrue(WAITED_FOR.stress(Duration.ofMillis(300)).interesting() > 0);
    }

    @Test
    void withoutTheClassifierNobodyWouldSeeTheLeak() {
        Races.FORGET_WITHOUT_MEMORY.assertSafe();
    }
}
