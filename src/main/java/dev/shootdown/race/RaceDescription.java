package dev.shootdown.race;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A race in words: what it is composed of, what is expected of it, and why. This is the form in which a race leaves the
 * program, in result files and on the console; it holds names, not the objects that run.
 *
 * @param id names the race in every result file, such as {@code fast-gup/munmap/sbi-rfence/remove-page/sv39}
 * @param walker who reads the tables, such as {@code FAST_GUP}
 * @param mutator who unhooks and frees them, such as {@code MUNMAP}
 * @param shootdown how other harts' cached translations are invalidated, such as {@code SBI_RFENCE}
 * @param freeing how an unhooked table is given back, such as {@code REMOVE_PAGE}
 * @param satp the translation mode, such as {@code SV39}
 * @param conditions whatever else the verdict depends on, by name, in the order in which it is to be read
 * @param expected the verdict under the weakest memory model
 * @param failsFrom the strongest memory model under which the race fails
 * @param reason one sentence: why the verdict is what it is
 * @param source the kernel commit or specification section that the expectation rests on
 * @param protection what comes to an end before the free and so keeps the walker off; null if nothing is freed, or the
 *     truth table does not know
 */
public record RaceDescription(
        String id,
        String walker,
        String mutator,
        String shootdown,
        String freeing,
        String satp,
        Map<String, String> conditions,
        Verdict expected,
        FailsFrom failsFrom,
        String reason,
        String source,
        @Nullable Protection protection) {

    /**
     * A race that the truth table does not know, in words.
     *
     * @param id its id
     * @param walker name of the walker
     * @param mutator name of the mutator
     * @param shootdown name of the dispatcher
     * @param freeing name of the free strategy
     * @param satp the translation mode
     * @param conditions those that are not the default
     * @param expected SAFE or UNSAFE
     * @param failsFrom the strongest memory model under which it fails
     * @param reason one sentence: why
     * @param source the kernel commit or specification section that the expectation rests on
     */
    public RaceDescription(
            String id,
            String walker,
            String mutator,
            String shootdown,
            String freeing,
            String satp,
            Map<String, String> conditions,
            Verdict expected,
            FailsFrom failsFrom,
            String reason,
            String source) {
        this(id, walker, mutator, shootdown, freeing, satp, conditions, expected, failsFrom, reason, source, null);
    }

    /**
     * Checks that the two ways of stating the expectation agree.
     *
     * @throws IllegalArgumentException if the expectation is not a claim, or {@code failsFrom} contradicts it
     */
    public RaceDescription {
        conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
        Verdict implied = failsFrom == FailsFrom.NEVER ? Verdict.SAFE : Verdict.UNSAFE;
        if (expected != implied) {
            throw new IllegalArgumentException("race " + id + " is expected to be " + expected + ", but failing from "
                    + failsFrom + " means " + implied);
        }
    }
}
