package dev.shootdown.museum;

import dev.shootdown.museum.Beat.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Who takes part in a scenario.
 *
 * @param role as what
 * @param who what the kernel has there: a thread, a hart, a device
 */
public record Actor(Role role, String who) {
    /**
     * The actors of a scenario, in the order of their roles: the walker, who changes the tables, and a third if there is one.
     *
     * @throws IllegalArgumentException unless there are two or three
     */
    static List<Actor> cast(String... names) {
        Role[] roles = Role.values();
        if (names.length < 2 || names.length > roles.length) {
            throw new IllegalArgumentException(
                    "a scenario has a walker, a freer and perhaps a third, not " + Arrays.toString(names));
        }
        return IntStream.range(0, names.length)
                .mapToObj(index -> new Actor(roles[index], names[index]))
                .toList();
    }

    @Override
    public String toString() {
        return role.name().toLowerCase(Locale.ROOT) + ": " + who;
    }
}
