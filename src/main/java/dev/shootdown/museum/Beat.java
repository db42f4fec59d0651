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

        /** The hart of this role. */
        public int hart() {
            return ordinal();
        }
    }

    /** The reader is in that function. */
    public static Beat walker(String mirrors) {
        return new Beat(Role.WALKER, mirrors);
    }

    /** Who changes the tables is in that function. */
    public static Beat freer(String mirrors) {
        return new Beat(Role.FREER, mirrors);
    }

    /** The third actor is in that function. */
    public static Beat third(String mirrors) {
        return new Beat(Role.THIRD, mirrors);
    }

    @Override
    public String toString() {
        return role.name().toLowerCase(Locale.ROOT) + ": " + mirrors;
    }
}
