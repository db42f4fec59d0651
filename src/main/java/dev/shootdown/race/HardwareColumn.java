package dev.shootdown.race;

import static dev.shootdown.race.Column.ALL;
import static dev.shootdown.race.Column.EITHER_WAY;
import static dev.shootdown.race.Column.IN_MASK;
import static dev.shootdown.race.Column.NOT_IN_MASK;
import static dev.shootdown.race.Column.SWITCH_MM;
import static dev.shootdown.race.Expectation.safe;
import static dev.shootdown.race.Expectation.unsafe;
import static dev.shootdown.race.Freeings.FREE_BEFORE_FLUSH;
import static dev.shootdown.race.Protection.COMPLETED_FENCE;
import static dev.shootdown.race.Protection.NOTHING;
import static dev.shootdown.race.Walkers.HARDWARE;

import java.util.Arrays;
import java.util.List;

/**
 * Column c of the truth table: the hardware walker. No interrupt and no grace period concerns it; what counts is which
 * fence has completed, on its hart, before the free.
 */
final class HardwareColumn {
    private static final String SFENCE = "privileged specification, SFENCE.VMA";

    private HardwareColumn() {}

    static List<TruthTable.Row> rows() {
        Column c = new Column(HARDWARE);
        c.add(
                List.of(FREE_BEFORE_FLUSH),
                ALL,
                EITHER_WAY,
                NOTHING,
                unsafe("freed while pointers to it are cached, and walks under way", "8246601a7d39"));
        List<Freeings> flushFirst = Arrays.stream(Freeings.values())
                .filter(freeing -> freeing != FREE_BEFORE_FLUSH)
                .toList();
        c.add(
                flushFirst,
                ALL,
                IN_MASK,
                COMPLETED_FENCE,
                safe("the hart has fenced, pointers included, at an instruction boundary after the unhook", SFENCE));
        c.add(
                flushFirst,
                ALL,
                NOT_IN_MASK,
                NOTHING,
                unsafe(
                        "a hart that is not in the mask is not fenced, and walks on from what it has cached",
                        SWITCH_MM));
        return c.rows();
    }
}
