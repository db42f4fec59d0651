package dev.shootdown.memory;

/** The conditions that most waits need. */
public enum Conditions implements Words.Condition {
    /** None of the operand's bits is set. */
    CLEAR {
        @Override
        public boolean holds(long value, long operand) {
            return (value & operand) == 0;
        }
    },
    /** At least one of the operand's bits is set. */
    ANY_SET {
        @Override
        public boolean holds(long value, long operand) {
            return (value & operand) != 0;
        }
    },
    /** The word has reached the operand, counting modulo 2<sup>64</sup>. */
    REACHED {
        @Override
        public boolean holds(long value, long operand) {
            return value - operand >= 0;
        }
    };

    @Override
    public String describe(long operand) {
        return name() + " 0x" + Long.toHexString(operand);
    }
}
