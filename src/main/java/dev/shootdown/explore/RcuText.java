package dev.shootdown.explore;

/** The words of RCU's queue in words. */
final class RcuText {
    private static final int TAIL = 0;
    private static final int PROGRESS = 1;
    private static final int FIRST_SLOT = 8;

    private RcuText() {}

    static String word(int index) {
        if (index >= FIRST_SLOT) {
            int slot = (index - FIRST_SLOT) / 2;
            return "rcu slot " + slot + (index % 2 == 0 ? ": callback" : ": argument");
        }
        return switch (index) {
            case TAIL -> "rcu callbacks queued";
            case PROGRESS -> "rcu callbacks run";
            default -> "rcu[" + index + "]";
        };
    }

    static String value(int index, long value) {
        if (index == PROGRESS) {
            return (value >>> 1) + ((value & 1) != 0 ? ", polling" : "");
        }
        if (index >= FIRST_SLOT && index % 2 == 0) {
            return value == 0 ? "empty" : "number " + (value - 1);
        }
        return Math.abs(value) < 1_000 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }
}
