package dev.shootdown.junit;

import dev.shootdown.race.MemoryModel;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of races: one invocation for each race, engine and memory model. It passes if what comes out is what the race's {@link
 * dev.shootdown.race.Race#expectation() expectation} says, and then runs the method's body, which may be empty.
 *
 * <pre>{@code
 * static final Race PATCHED = Race.of(Walkers.FAST_GUP).shootdown(…).freeing(…).expecting(safe("…", "my patch"));
 * static final Race TWIN = PATCHED.freeing(…).expecting(unsafe("…", "my patch"));
 *
 * @RaceTest({"PATCHED", "TWIN"})
 * void comesOutAsExpected() {}
 * }</pre>
 *
 * <p>The message of a race that was to be safe and is not is the timeline of a shortest failing execution and the line of code
 * that replays it. The method may take a {@link dev.shootdown.race.Race}; an {@link dev.shootdown.race.Explored} if all its
 * invocations are explorations; a {@link dev.shootdown.race.Stressed} if none is.
 *
 * <p>Whatever is wrong with the annotation itself is one {@link org.junit.jupiter.api.extension.ExtensionConfigurationException}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(RaceTestExtension.class)
public @interface RaceTest {
    /**
     * Where races come from.
     *
     * @return names of static fields, or of static methods without parameters, of the test class or what it inherits from.
     *     Each is a {@code Race}, or an array, {@code Iterable} or {@code Stream} of them.
     */
    String[] value() default {};

    /** {@return races by their ids, such as {@code fast-gup/munmap/sbi-rfence/remove-page/sv39}: built-in parts only} */
    String[] ids() default {};

    /**
     * Races of the {@link dev.shootdown.race.Catalogue} by globs on their ids: {@code *} is any part of an id, {@code **} any
     * number of parts. {@code fast-gup/munmap/*}{@code /remove-page/sv39} is a free strategy over every dispatcher.
     *
     * @return globs, of which each must match a race
     */
    String[] catalogue() default {};

    /** {@return what to run them on} */
    RaceEngine[] engines() default RaceEngine.EXPLORE;

    /** {@return the memory models to explore under} */
    MemoryModel[] models() default {MemoryModel.SC, MemoryModel.TSO, MemoryModel.WEAK};

    /** {@return after how many executions an exploration gives up, undecided, which is a failure} */
    long bound() default 10_000_000;

    /** {@return for how many milliseconds to stress; again, for longer, up to fifteen times that, while too little was seen to judge} */
    long stressMillis() default 1_000;
}
