package dev.shootdown.memory;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.testing.Actor;
import dev.shootdown.testing.SpinBarrier;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class OffHeapWordsTest {
    private static final int ADDITIONS = 20_000;

    private final ImageLayout layout = new ImageLayout();
    private final long word = layout.reserve("word", 4).offset();
    private final long more = layout.reserve("more", 6, 256).offset();
    private final OffHeapWords words = new OffHeapWords(layout);

    @Test
    void aFreshImageIsZero() {
        for (long offset = 0; offset < layout.bytes(); offset += Long.BYTES) {
            assertEquals(0, words.get(offset));
        }
        assertEquals("", words.dump());
    }

    @Test
    void everyStoreIsSeenByEveryLoad() {
        words.set(word, 1);
        assertEquals(1, words.getOpaque(word));
        words.setOpaque(word, 2);
        assertEquals(2, words.getAcquire(word));
        words.setRelease(word, 3);
        assertEquals(3, words.getVolatile(word));
        words.setVolatile(word, Long.MIN_VALUE);
        assertEquals(Long.MIN_VALUE, words.get(word));
        words.fullFence();
        assertEquals(0, words.get(word + 8), "the next word is untouched");
    }

    @Test
    void compareAndSetStoresOnlyOntoTheExpectedValue() {
        words.set(word, 5);
        assertFalse(words.compareAndSet(word, 4, 6));
        assertEquals(5, words.get(word));
        assertTrue(words.compareAndSet(word, 5, 6));
        assertEquals(6, words.get(word));
    }

    @Test
    void aReadModifyWriteReturnsTheOldValueAndStoresTheNew() {
        words.set(word, 0b1100);
        assertEquals(0b1100, words.getAndSet(word, 0b0110));
        assertEquals(0b0110, words.getAndAdd(word, -1));
        assertEquals(0b0101, words.getAndBitwiseOr(word, 0b1010));
        assertEquals(0b1111, words.getAndBitwiseAnd(word, 0b1001));
        assertEquals(0b1001, words.get(word));
    }

    @Test
    void additionsOfTwoThreadsAreNeverLost() throws InterruptedException {
        SpinBarrier start = new SpinBarrier();
        Actor<Void> other = Actor.start("adder", () -> add(start));
        add(start);
        other.finish();
        assertEquals(2 * ADDITIONS, words.getVolatile(word));
    }

    private void add(SpinBarrier start) {
        start.meet();
        for (int addition = 0; addition < ADDITIONS; addition++) {
            words.getAndAdd(word, 1);
        }
    }

    @Test
    void anOffsetOutsideTheImageThrows() {
        List<LongConsumer> accesses = List.of(
                words::get,
                words::getOpaque,
                words::getAcquire,
                words::getVolatile,
                offset -> words.set(offset, 1),
                offset -> words.setOpaque(offset, 1),
                offset -> words.setRelease(offset, 1),
                offset -> words.setVolatile(offset, 1),
                offset -> words.compareAndSet(offset, 0, 1),
                offset -> words.getAndSet(offset, 1),
                offset -> words.getAndAdd(offset, 1),
                offset -> words.getAndBitwiseOr(offset, 1),
                offset -> words.getAndBitwiseAnd(offset, 1),
                offset -> words.await(offset, Conditions.CLEAR, 0));
        for (LongConsumer access : accesses) {
            assertDoesNotThrow(() -> access.accept(layout.bytes() - 8));
            assertThrows(IndexOutOfBoundsException.class, () -> access.accept(layout.bytes()));
            assertThrows(IndexOutOfBoundsException.class, () -> access.accept(-8));
        }
    }

    @Test
    void theBaseIsAsAlignedAsTheLayoutDemands() {
        assertEquals(0, words.baseAddress() % layout.alignment());
    }

    @Test
    void aCopyHasTheSameValuesInMemoryOfItsOwn() {
        words.set(word + 16, 7);
        words.set(more + 40, 8);
        OffHeapWords copy = words.copy();
        assertEquals(words.dump(), copy.dump());

        copy.set(word + 16, 9);
        assertEquals(7, words.get(word + 16));
    }

    @Test
    void copyFromOverwritesEveryWord() {
        OffHeapWords template = words.copy();
        template.set(more + 16, 3);
        fillRegionsWith(0xBAD);

        words.copyFrom(template);

        assertEquals(3, words.get(more + 16));
        words.set(more + 16, 0);
        assertEquals("", words.dump());
    }

    private void fillRegionsWith(long value) {
        for (ImageLayout.Region region : layout.regions()) {
            for (long offset = region.offset(); offset < region.end(); offset += Long.BYTES) {
                words.set(offset, value);
            }
        }
    }

    @Test
    void aDumpNamesTheWordsThatAreNotZero() {
        words.set(word + 8, 0xAB);
        words.set(more + 24, -1);
        List<String> lines = words.dump().lines().map(String::strip).toList();
        assertAll(
                () -> assertEquals(2, lines.size()),
                () -> assertTrue(lines.get(0).matches("word\\[1\\] +0x00000000000000ab"), lines.get(0)),
                () -> assertTrue(lines.get(1).matches("more\\[3\\] +0xffffffffffffffff"), lines.get(1)));
    }
}
