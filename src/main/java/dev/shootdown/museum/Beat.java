package dev.shootdown.museum;

import java.util.Locale;

/**
 * One step of a telling: who, in which kernel function, and which entry it is about, where that matters.
 *
 * @param role whose step
 * @param mirrors the kernel function by its {@link dev.shootdown.hart.Mirrors} name; the step may be anywhere within it
 * @param entry the kernel's name of the entry that the step loads or stores, such as {@code pmd}; empty if it may be any word
 */
public record Beat(Role role, String mirrors, String entry) {
    private static final String ANY = "";

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
        return new Beat(Role.WALKER, mirrors, ANY);
    }

    /**
     * {@return the beat, in that function, of who changes the tables}
     *
     * @param mirrors a {@code @Mirrors} name, as a recorded step has it
     */
    public static Beat freer(String mirrors) {
        return new Beat(Role.FREER, mirrors, ANY);
    }

    /**
     * {@return the beat of the third actor in that function}
     *
     * @param mirrors a {@code @Mirrors} name, as a recorded step has it
     */
    public static Beat third(String mirrors) {
        return new Beat(Role.THIRD, mirrors, ANY);
    }

    /**
     * {@return the same, at an entry of that name}
     *
     * @param name the kernel's, such as {@code pmd}
     */
    public Beat at(String name) {
        return new Beat(role, mirrors, name);
    }

    /**
     * {@return whether a word is one that the step may be about}
     *
     * @param word its name, such as {@code pmd[1] of table 0x80003}
     */
    public boolean isAbout(String word) {
        return entry.isEmpty() || word.startsWith(entry + "[");
    }

    @Override
    public String toString() {
        return role.name().toLowerCase(Locale.ROOT) + ": " + mirrors + (entry.isEmpty() ? "" : " at the " + entry);
    }
}
