/**
 * Races as JUnit tests: {@link dev.shootdown.junit.RaceTest} runs each race that it names under each engine, and fails with the
 * timeline of a failing execution and the line that replays it.
 *
 * <p>For JUnit Jupiter 6. Needs {@code junit-jupiter-api} on the class path, which nothing else in the library does.
 */
@NullMarked
package dev.shootdown.junit;

import org.jspecify.annotations.NullMarked;
