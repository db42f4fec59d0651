package dev.shootdown.museum;

import java.util.Locale;

/**
 * One step of a telling: who, and in which kernel function.
 *
 * @param role whose step
 * @param mirrors the kernel function by its {@link dev.shootdown.hart.Mirrors} name; the step may be anywhere within it
 */
public record Beat(Role role, String mirrors) {
    /** Who takes a step. */
    public enum Role {
        /** The reader, on hart 0. */
        WALKER,
        /** Who changes the tables, on hart 1. */
        FREER,
        /** A third actor, on hart 2. */
        THIRD;

        /** {@return the hart of this role} */
        public int hart() {
            return ordinal();
        }
    }

    /**
     * {@return the beat of the reader in that function}
     *
     * @param mirrors a {@code @Mirrors} name, as a recorded step has it
     */
    public static Beat walker(String mirrors) {
        return new Beat(Role.WALKER, mirrors);
    }

    /**
     * {@return the beat, in that function, of who changes the tables}
     *
     * @param mirrors a {@code @Mirrors} name, as a recorded step has it
     */
    public static Beat freer(String mirrors) {
        return new Beat(Role.FREER, mirrors);
    }

    /**
     * {@return the beat of the third actor in that function}
     *
     * @param mirrors a {@code @Mirrors} name, as a recorded step has it
     */
    public static Beat third(String mirrors) {
        return new Beat(Role.THIRD, mirrors);
    }

    @Override
    public String toString() {
        return role.name().toLowerCase(Locale.ROOT) + ": " + mirrors;
    }
}
