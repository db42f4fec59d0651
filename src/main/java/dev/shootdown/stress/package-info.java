/**
 * The race under jcstress: real threads on real hardware, samples by the million, and a gate that decides what they mean.
 *
 * <p>Two halves, in two kinds of process.
 *
 * <ul>
 *   <li>In the forked VM: {@link dev.shootdown.stress.StressRace} is what a test class holds, {@link
 *       dev.shootdown.stress.StressSample} one sample of it. The actors of a sample meet at a rendezvous and start with a
 *       small random skew that adapts ({@link dev.shootdown.stress.Skew}), because the window of a race is much shorter than
 *       the time by which threads are apart. At exit the fork prints one line of statistics.
 *   <li>In the driver: {@link dev.shootdown.stress.StressSession} plans, runs jcstress through one adapter, watches the forks
 *       from outside, and judges: {@link dev.shootdown.stress.Gate} fails a run not only for what was seen but also for
 *       what was not.
 * </ul>
 *
 * <p>Stress proves nothing safe. {@code NOT_OBSERVED} comes with the number of samples in which the race was really on, the
 * upper bound that follows from it, and the rate at which the broken twin failed in the same run.
 *
 * <p>API are {@link dev.shootdown.stress.StressRace}, {@link dev.shootdown.stress.StressSample}, {@link
 * dev.shootdown.stress.SafeRace} and {@link dev.shootdown.stress.BrokenRace}; the rest may change in any release. {@link
 * dev.shootdown.race.Race#stress} takes the same samples in the caller's own VM, without jcstress.
 */
@NullMarked
package dev.shootdown.stress;

import org.jspecify.annotations.NullMarked;
