package dev.shootdown.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.testing.MiniKernel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulateTest {
    private final MiniKernel kernel = MiniKernel.boot(SatpMode.SV39);
    private final long address = kernel.address();

    @ParameterizedTest
    @CsvSource({
        "ZERO_THEN_RELEASE, setRelease, true",
        "ZERO_THEN_PLAIN, setOpaque, true",
        "PUBLISH_THEN_ZERO, setRelease, false"
    })
    void theTableIsZeroedBeforeItIsPublishedOrAfter(PublishOrder order, String mode, boolean zeroedFirst) {
        kernel.mm().map(address ^ kernel.span(1));
        String parent = kernel.words().nameOf(kernel.entryAt(address, 1));
        Populate populate = new Populate(kernel.mm(), order);

        List<String> accesses = kernel.words().accessesOf(() -> populate.hookTable(address));

        int published = accesses.lastIndexOf(mode + " " + parent);
        int firstZero = accesses.indexOf("setOpaque " + kernel.words().nameOf(kernel.entryAt(address, 0) - 8));
        int lastZero = accesses.lastIndexOf("setOpaque " + kernel.words().nameOf(kernel.entryAt(address, 0) + 48));
        assertTrue(published >= 0 && firstZero >= 0 && lastZero > firstZero, accesses::toString);
        assertEquals(zeroedFirst, lastZero < published, accesses::toString);
        assertEquals(zeroedFirst, firstZero < published, accesses::toString);
    }

    @Test
    void aPageCanBeMappedIntoTheNewTable() {
        kernel.mm().map(address ^ kernel.span(1));
        Populate populate = new Populate(kernel.mm(), PublishOrder.ZERO_THEN_RELEASE);
        populate.hookTable(address);
        assertEquals(4, kernel.tables().constructedTables());
        populate.mapPage(address);
        assertEquals(4, kernel.tables().constructedTables());
        assertEquals(1, kernel.frames().refCount(kernel.mm().pageAt(address)));
        assertThrows(IllegalStateException.class, () -> populate.mapPage(address));
    }
}
