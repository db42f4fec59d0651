package dev.shootdown.stress;

/**
 * A test as jcstress's list of generated tests names it.
 *
 * @param name the name in results
 * @param className the binary name of the test class
 * @param actors how many threads it needs
 */
public record ListedTest(String name, String className, int actors) {}
