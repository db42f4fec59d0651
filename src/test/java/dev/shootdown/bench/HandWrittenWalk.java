package dev.shootdown.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A three-level walk as somebody would write it who needs nothing else: the same atomics as {@code FastGup} makes, on a
 * segment of the same kind, without any layer in between.
 */
final class HandWrittenWalk {
    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();
    private static final long CONTEXT = 0;
    private static final long ROOT = 64;
    private static final long MEM_MAP = 128;
    private static final long DESCRIPTOR = 16;
    private static final long PAGE = 3;
    private static final long TABLES = 4096;
    private static final long INTERRUPTS_OFF = 1;
    private static final long IN_HANDLER = 2;
    private static final long REQUESTS = 0xFFFFL << 16;
    private static final long VALID = 1;
    private static final long LEAF = 0b1110;
    private static final int PPN_SHIFT = 10;

    private final MemorySegment image;
    private final int pageShift;
    private final int indexBits;
    private final int spacing;

    HandWrittenWalk(int pageShift, int indexBits, int spacing) {
        this.pageShift = pageShift;
        this.indexBits = indexBits;
        this.spacing = spacing;
        this.image = Arena.ofAuto().allocate(TABLES + 4L * spacing, 4096);
        WORD.setOpaque(image, countOf(PAGE), 1L);
    }

    /** Maps an address by tables 0 (the root), 1 and 2 to page 3. */
    void map(long virtualAddress) {
        for (int level = 2; level >= 0; level--) {
            long child = PAGE - level;
            long flags = level == 0 ? VALID | LEAF : VALID;
            WORD.setRelease(image, entry(2L - level, virtualAddress, level), child << PPN_SHIFT | flags);
        }
    }

    /** Whether the page was found; it is unpinned again. */
    boolean pinAndUnpin(long virtualAddress) {
        long page;
        disableInterrupts();
        try {
            page = walk(virtualAddress);
        } finally {
            enableInterrupts();
        }
        if (page != 0) {
            drop(page);
        }
        return page != 0;
    }

    private void disableInterrupts() {
        for (; ; ) {
            long context = (long) WORD.getAcquire(image, CONTEXT);
            if ((context & (INTERRUPTS_OFF | IN_HANDLER)) != 0) {
                throw new IllegalStateException("interrupts are off");
            }
            if (WORD.compareAndSet(image, CONTEXT, context, context | INTERRUPTS_OFF)) {
                return;
            }
        }
    }

    private void enableInterrupts() {
        long before = (long) WORD.getAndAdd(image, CONTEXT, -INTERRUPTS_OFF);
        if ((before & REQUESTS) != 0) {
            throw new IllegalStateException("nobody sends any");
        }
    }

    private long walk(long virtualAddress) {
        long root = (long) WORD.getOpaque(image, ROOT);
        long pgd = (long) WORD.getAcquire(image, entry(root, virtualAddress, 2));
        if ((pgd & (VALID | LEAF)) != VALID) {
            return 0;
        }
        long pmdOffset = entry(pgd >>> PPN_SHIFT, virtualAddress, 1);
        long pmd = (long) WORD.getAcquire(image, pmdOffset);
        if ((pmd & (VALID | LEAF)) != VALID) {
            return 0;
        }
        long pteOffset = entry(pmd >>> PPN_SHIFT, virtualAddress, 0);
        long pte = (long) WORD.getAcquire(image, pteOffset);
        long page = pte >>> PPN_SHIFT;
        if ((pte & VALID) == 0 || !take(page)) {
            return 0;
        }
        if ((long) WORD.getAcquire(image, pmdOffset) != pmd || (long) WORD.getAcquire(image, pteOffset) != pte) {
            drop(page);
            return 0;
        }
        return page;
    }

    private boolean take(long page) {
        for (; ; ) {
            long references = (long) WORD.getOpaque(image, countOf(page));
            if (references == 0) {
                return false;
            }
            if (WORD.compareAndSet(image, countOf(page), references, references + 1)) {
                return true;
            }
        }
    }

    private void drop(long page) {
        long before = (long) WORD.getAndAdd(image, countOf(page), -1L);
        if (before < 1) {
            throw new IllegalStateException("no reference to drop");
        }
    }

    private static long countOf(long page) {
        return MEM_MAP + page * DESCRIPTOR;
    }

    private long entry(long table, long virtualAddress, int level) {
        long index = (virtualAddress >>> (pageShift + level * indexBits)) & ((1L << indexBits) - 1);
        return TABLES + table * spacing + index * Long.BYTES;
    }
}
