package dev.shootdown.explore;

import dev.shootdown.memory.Poison;
import dev.shootdown.riscv.Pte;
import java.util.function.LongFunction;

/** What a word of a frame holds, as a walker would take it. */
final class EntryText {
    private EntryText() {}

    /** An entry or a poison pattern; {@code frameName} names the frame that an entry leads to. */
    static String of(long value, LongFunction<String> frameName) {
        return switch (Poison.of(value)) {
            case FREED -> "freed";
            case UNINITIALISED -> "uninitialised";
            case FOREIGN -> "foreign";
            case NONE -> entry(value, frameName);
        };
    }

    private static String entry(long value, LongFunction<String> frameName) {
        return switch (Pte.decode(value)) {
            case NOT_PRESENT -> value == Pte.NONE ? "none" : "not present, 0x" + Long.toHexString(value);
            case TABLE, LEAF -> frameName.apply(Pte.ppn(value));
            case RESERVED -> "reserved encoding 0x" + Long.toHexString(value);
        };
    }
}
