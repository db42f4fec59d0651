package dev.shootdown.riscv;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.riscv.Pte.Kind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PteTest {
    private static final long PPN = 0x8_0001L;
    private static final long ALL_PPN_BITS = 0xFFF_FFFF_FFFFL;

    @Test
    void flagsStandWhereTheSpecificationPutsThem() {
        assertAll(
                () -> assertEquals(0x01, Pte.V),
                () -> assertEquals(0x02, Pte.R),
                () -> assertEquals(0x04, Pte.W),
                () -> assertEquals(0x08, Pte.X),
                () -> assertEquals(0x10, Pte.U),
                () -> assertEquals(0x20, Pte.G),
                () -> assertEquals(0x40, Pte.A),
                () -> assertEquals(0x80, Pte.D),
                () -> assertEquals(0x1FC0_0000_0000_0000L, Pte.RESERVED));
    }

    @Test
    void aTableEntryIsThePageNumberAndTheValidBit() {
        assertAll(
                () -> assertEquals(0x2000_0401L, Pte.table(PPN)),
                () -> assertEquals(0x003F_FFFF_FFFF_FC01L, Pte.table(ALL_PPN_BITS)),
                () -> assertEquals(Kind.TABLE, Pte.decode(Pte.table(ALL_PPN_BITS))),
                () -> assertFalse(Pte.isLeaf(Pte.table(ALL_PPN_BITS))));
    }

    @Test
    void aLeafIsReadableWritableAccessedAndDirtyUnlessToldOtherwise() {
        assertAll(
                () -> assertEquals(0x2000_04D7L, Pte.leaf(PPN)),
                () -> assertEquals(0x2000_0409L, Pte.leaf(PPN, Pte.X)),
                () -> assertEquals(Kind.LEAF, Pte.decode(Pte.leaf(ALL_PPN_BITS))),
                () -> assertTrue(Pte.isLeaf(Pte.leaf(PPN))));
    }

    @Test
    void thePageNumberIsAllOfBitsTenToFiftyThreeAndNothingElse() {
        assertAll(
                () -> assertEquals(PPN, Pte.ppn(Pte.table(PPN))),
                () -> assertEquals(ALL_PPN_BITS, Pte.ppn(Pte.leaf(ALL_PPN_BITS))),
                () -> assertEquals(ALL_PPN_BITS, Pte.ppn(-1L)),
                () -> assertEquals(0, Pte.ppn(0xFFC0_0000_0000_03FFL)),
                () -> assertEquals(1, Pte.ppn(1L << 10)),
                () -> assertEquals(1L << 43, Pte.ppn(1L << 53)));
    }

    @ParameterizedTest
    @CsvSource({
        "---, TABLE",
        "r--, LEAF",
        "-w-, RESERVED",
        "rw-, LEAF",
        "--x, LEAF",
        "r-x, LEAF",
        "-wx, RESERVED",
        "rwx, LEAF"
    })
    void permissionsTellPointersFromLeavesFromReserved(String permissions, Kind kind) {
        long entry = Pte.V;
        entry |= permissions.contains("r") ? Pte.R : 0;
        entry |= permissions.contains("w") ? Pte.W : 0;
        entry |= permissions.contains("x") ? Pte.X : 0;
        assertEquals(kind, Pte.decode(entry));
    }

    @ParameterizedTest
    @ValueSource(longs = {Pte.D, Pte.A, Pte.U, Pte.D | Pte.A | Pte.U})
    void aPointerWithDirtyAccessedOrUserIsReserved(long flags) {
        assertAll(
                () -> assertEquals(Kind.RESERVED, Pte.decode(Pte.table(PPN) | flags)),
                () -> assertEquals(Kind.LEAF, Pte.decode(Pte.table(PPN) | Pte.R | flags)));
    }

    @ParameterizedTest
    @ValueSource(longs = {Pte.G, 1L << 8, 1L << 9})
    void globalAndSoftwareBitsChangeNoKind(long flag) {
        assertAll(
                () -> assertEquals(Kind.TABLE, Pte.decode(Pte.table(PPN) | flag)),
                () -> assertEquals(Kind.LEAF, Pte.decode(Pte.leaf(PPN) | flag)));
    }

    @ParameterizedTest
    @ValueSource(ints = {54, 55, 56, 57, 58, 59, 60, 61, 62, 63})
    void reservedBitsAndUnsupportedExtensionsFault(int bit) {
        assertAll(
                () -> assertEquals(Kind.RESERVED, Pte.decode(Pte.table(PPN) | 1L << bit)),
                () -> assertEquals(Kind.RESERVED, Pte.decode(Pte.leaf(PPN) | 1L << bit)),
                () -> assertEquals(bit <= 60, (Pte.RESERVED & 1L << bit) != 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {Pte.NONE, -2L, Pte.RESERVED, Pte.W, Pte.R | Pte.W | Pte.X})
    void withoutTheValidBitNothingElseMatters(long entry) {
        assertAll(
                () -> assertEquals(Kind.NOT_PRESENT, Pte.decode(entry)),
                () -> assertFalse(Pte.isPresent(entry)),
                () -> assertTrue(Pte.isPresent(entry | Pte.V)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 44, -1L, Long.MIN_VALUE})
    void aPageNumberOfMoreThanFortyFourBitsIsRefused(long ppn) {
        String message = "PPN 0x" + Long.toHexString(ppn) + " needs more than 44 bits";
        assertAll(
                () -> assertEquals(
                        message,
                        assertThrows(IllegalArgumentException.class, () -> Pte.table(ppn))
                                .getMessage()),
                () -> assertEquals(
                        message,
                        assertThrows(IllegalArgumentException.class, () -> Pte.leaf(ppn))
                                .getMessage()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Pte.W, Pte.W | Pte.X, Pte.U | Pte.A | Pte.D, Pte.R | 1L << 54, Pte.R | 1L << 63})
    void flagsThatMakeNoLeafAreRefused(long flags) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> Pte.leaf(PPN, flags));
        assertTrue(thrown.getMessage().contains("flags 0x" + Long.toHexString(flags)), thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {Pte.R | 1L << 10, Pte.R | 1L << 53, Pte.R | 1L << 8})
    void flagsThatWouldChangeThePageNumberAreRefused(long flags) {
        assertThrows(IllegalArgumentException.class, () -> Pte.leaf(PPN, flags));
    }
}
