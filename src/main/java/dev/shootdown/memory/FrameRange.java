package dev.shootdown.memory;

/** The frames of a machine: {@code count} frames of {@code 1 << pageShift} bytes from {@link PhysicalMemory#DRAM_BASE}. */
final class FrameRange {
    private final int pageShift;
    private final int count;
    private final long first;

    FrameRange(int pageShift, int count) {
        this.pageShift = pageShift;
        this.count = count;
        this.first = PhysicalMemory.DRAM_BASE >>> pageShift;
    }

    int count() {
        return count;
    }

    long first() {
        return first;
    }

    boolean contains(long frameNumber) {
        return Long.compareUnsigned(frameNumber - first, count) < 0;
    }

    int indexOf(long frameNumber) {
        long index = frameNumber - first;
        if (Long.compareUnsigned(index, count) >= 0) {
            throw outside(physicalAddress(frameNumber));
        }
        return (int) index;
    }

    long physicalAddress(long frameNumber) {
        return frameNumber << pageShift;
    }

    AddressOutsideMemory outside(long physicalAddress) {
        return new AddressOutsideMemory(
                physicalAddress, PhysicalMemory.DRAM_BASE, PhysicalMemory.DRAM_BASE + ((long) count << pageShift));
    }
}
