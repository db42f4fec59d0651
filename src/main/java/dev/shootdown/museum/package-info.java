/**
 * A museum of real races: what went wrong in kernels around freed page tables, each as a scenario that runs, broken and fixed.
 *
 * <p>A {@link dev.shootdown.museum.Scenario} has a number in the curriculum, the commit that fixed it, its actors, and exhibits. The first
 * is the broken form; then the form that was merged; then what the next best fix would have done, because that is what was
 * argued about. An {@link dev.shootdown.museum.Exhibit} is a {@link dev.shootdown.race.Race} with its expectation, and a broken
 * one tells its failure: the kernel functions that a reader of the commit would name, in order, and the entries they load or
 * store, which the shortest failing execution must contain in that order under every memory model that shows one.
 *
 * <p>One file a scenario. To add one, write it after the pattern of its neighbours, with whatever mutator or walker it needs
 * in the same file or, where it mirrors kernel functions, in {@code mm} or {@code walk}; then add its line to {@link
 * dev.shootdown.museum.Museum}. Both engines and all reports find it there.
 *
 * <p>Not modelled: what a kernel had around the race that cannot change its outcome. Where a scenario leaves a lock out, its
 * text says who holds it.
 */
@NullMarked
package dev.shootdown.museum;

import org.jspecify.annotations.NullMarked;
