package dev.shootdown.explore.faults;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/** Every callback is queued a second time: a batch that was given to {@code call_rcu} and not forgotten. */
final class QueuedTwice extends ForwardingWords {
    private final RcuRing ring;

    QueuedTwice(Words inner, ImageLayout layout) {
        super(inner);
        this.ring = new RcuRing(layout);
    }

    @Override
    public void setRelease(long offset, long value) {
        inner.setRelease(offset, value);
        if (ring.isSlot(offset)) {
            long argument = inner.getOpaque(offset + Long.BYTES);
            long again = ring.slotOf(inner.getAndAdd(ring.tail(), 1));
            inner.setOpaque(again + Long.BYTES, argument);
            inner.setRelease(again, value);
        }
    }
}
