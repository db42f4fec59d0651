package dev.shootdown.museum;

import dev.shootdown.museum.Exhibit.Form;
import dev.shootdown.race.Race;
import java.util.Comparator;
import java.util.List;

/**
 * A race that really was.
 *
 * @param number its place in the curriculum, from 1
 * @param name what people call it
 * @param source the commit that fixed it, or a CVE, or where it was discussed
 * @param actors who takes part, by role
 * @param exhibits its forms, a broken one first
 */
public record Scenario(int number, String name, String source, List<Actor> actors, List<Exhibit> exhibits) {
    /** As much as all other parts together. */
    private static final int WALKER_COUNTS = 4;

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException unless the first form is broken and another is fixed
     */
    public Scenario {
        actors = List.copyOf(actors);
        exhibits = List.copyOf(exhibits);
        boolean brokenFirst = !exhibits.isEmpty() && exhibits.getFirst().form() == Form.BROKEN;
        if (!brokenFirst || exhibits.stream().noneMatch(each -> each.form() == Form.FIXED)) {
            throw new IllegalArgumentException("scenario " + number + " wants a broken form first, and a fixed one");
        }
    }

    /**
     * {@return a scenario with these forms}
     *
     * @param number its place in the curriculum
     * @param name in a few words
     * @param source the commit that fixed it, or a CVE, or where it was discussed
     * @param actors who takes part, by role
     * @param exhibits a broken form first, and a fixed one among the others
     */
    public static Scenario of(int number, String name, String source, List<Actor> actors, Exhibit... exhibits) {
        return new Scenario(number, name, source, actors, List.of(exhibits));
    }

    /**
     * {@return the exhibits of one form}
     *
     * @param form which
     */
    public List<Exhibit> of(Form form) {
        return exhibits.stream().filter(each -> each.form() == form).toList();
    }

    /** The fixed form that a broken one became: of the same walker, with the most in common. */
    Exhibit fixOf(Exhibit broken) {
        return of(Form.FIXED).stream()
                .max(Comparator.comparingInt(fixed -> inCommon(broken.race(), fixed.race())))
                .orElseThrow();
    }

    private static int inCommon(Race one, Race other) {
        int common = one.walker().name().equals(other.walker().name()) ? WALKER_COUNTS : 0;
        common += one.mutator().name().equals(other.mutator().name()) ? 1 : 0;
        common += one.freeing().name().equals(other.freeing().name()) ? 1 : 0;
        common += one.shootdown().name().equals(other.shootdown().name()) ? 1 : 0;
        return common + (one.conditions().equals(other.conditions()) ? 1 : 0);
    }
}
