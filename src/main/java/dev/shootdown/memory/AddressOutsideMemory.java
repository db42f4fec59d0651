package dev.shootdown.memory;

/** A physical address that no frame of this machine has. The message gives the address and the memory's range. */
public final class AddressOutsideMemory extends IndexOutOfBoundsException {
    private static final long serialVersionUID = 1L;

    AddressOutsideMemory(long physicalAddress, long first, long end) {
        super(String.format("physical address 0x%x is outside memory 0x%x..0x%x", physicalAddress, first, end - 1));
    }
}
