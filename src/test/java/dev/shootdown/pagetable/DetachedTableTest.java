package dev.shootdown.pagetable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DetachedTableTest {
    @Test
    void theObligationIsTakenOverOnce() {
        DetachedTable table = new DetachedTable(0x2000001, 1);
        assertFalse(table.isDischarged());
        assertEquals(0x2000001, table.discharge());
        assertTrue(table.isDischarged());
        IllegalStateException thrown = assertThrows(IllegalStateException.class, table::discharge);
        assertEquals("detached table in frame 0x2000001 of level 1 was freed or queued already", thrown.getMessage());
    }
}
