package dev.shootdown.memory;

/** A formatted memory of compact frames (64 bytes, 8 words), with the words it is made of. */
record TestMemory(OffHeapWords words, ImageLayout layout, PhysicalMemory memory) {
    static final int PAGE_SHIFT = 6;
    static final int WORDS_PER_FRAME = 8;
    static final int OWNER = 7;
    static final long FIRST = PhysicalMemory.DRAM_BASE >>> PAGE_SHIFT;

    static TestMemory of(int frames, AllocatorMode mode) {
        ImageLayout layout = new ImageLayout();
        layout.reserve("something else", 5);
        PhysicalMemory.reserve(layout, PAGE_SHIFT, frames);
        OffHeapWords words = new OffHeapWords(layout);
        PhysicalMemory memory = PhysicalMemory.attach(words, layout, PAGE_SHIFT, frames, mode);
        memory.format();
        return new TestMemory(words, layout, memory);
    }

    FrameTable frameTable() {
        return memory.frameTable();
    }

    /** Allocates a frame of the kernel's own, which needs neither destructor nor references to be freed. */
    long allocateKernel() {
        return memory.allocate(FrameKind.KERNEL, OWNER);
    }

    /** Allocates a page and drops its only reference, so that it may be freed. */
    long allocateUnreferencedPage() {
        long page = memory.allocate(FrameKind.DATA, OWNER);
        frameTable().put(page, 1);
        return page;
    }

    long word(long frame, int index) {
        return words.get(memory.offsetOfFrame(frame) + (long) index * Long.BYTES);
    }
}
