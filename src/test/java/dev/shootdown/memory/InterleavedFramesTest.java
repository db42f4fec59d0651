package dev.shootdown.memory;

import static dev.shootdown.memory.TestMemory.OWNER;
import static dev.shootdown.memory.TestMemory.PAGE_SHIFT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The interleavings that {@link ConcurrentFramesTest} may miss: somebody else acts right after a load. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class InterleavedFramesTest {
    private static final Runnable NOTHING = () -> {};

    private final TestMemory others = TestMemory.of(4, AllocatorMode.QUARANTINE);
    private final AtomicReference<Runnable> afterNextLoad = new AtomicReference<>(NOTHING);
    private final long frame = others.allocateKernel();
    private final long page = others.memory().allocate(FrameKind.DATA, OWNER);

    @Test
    void aFreeThatIsOvertakenByAnotherIsRefused() {
        PhysicalMemory memory = interruptedAfterLoading(others.frameTable().refCountOffset(frame));
        afterNextLoad.set(() -> others.memory().free(frame));
        var thrown = assertThrows(FrameMisuse.class, () -> memory.free(frame));
        assertEquals(
                "concurrent free of FREED frame 0x2000000"
                        + " (physical 0x80000000, generation 1, owner 0, 0 references)",
                thrown.getMessage());
    }

    @Test
    void aReferenceIsNotTakenIfTheLastIsDroppedMeanwhile() {
        PhysicalMemory memory = interruptedAfterLoading(others.frameTable().refCountOffset(page));
        afterNextLoad.set(() -> {
            others.frameTable().put(page, 1);
            others.memory().free(page);
        });
        assertFalse(memory.frameTable().tryGet(page, 1));
        assertEquals(0, others.frameTable().refCount(page));
    }

    @Test
    void anAllocationThatIsOvertakenTakesTheNextFrame() {
        PhysicalMemory memory =
                interruptedAfterLoading(others.layout().region("frames.fresh").offset());
        afterNextLoad.set(() -> assertEquals(page + 1, others.allocateKernel()));
        assertEquals(page + 2, memory.allocate(FrameKind.KERNEL, OWNER));
    }

    /** The same memory, through words that let somebody else act once, right after the word at {@code offset} was loaded. */
    private PhysicalMemory interruptedAfterLoading(long offset) {
        Words words = (Words) Proxy.newProxyInstance(
                Words.class.getClassLoader(), new Class<?>[] {Words.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(others.words(), arguments);
                    if (method.getName().equals("getOpaque") && arguments[0].equals(offset)) {
                        afterNextLoad.getAndSet(NOTHING).run();
                    }
                    return result;
                });
        return PhysicalMemory.attach(words, others.layout(), PAGE_SHIFT, 4, AllocatorMode.QUARANTINE);
    }
}
