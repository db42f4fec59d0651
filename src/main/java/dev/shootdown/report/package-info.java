/**
 * The main job: explores, stresses, judges, and writes down what came of it.
 *
 * <p>{@link dev.shootdown.report.VerifyMain} is the command, {@link dev.shootdown.report.VerifySession} its course.
 * Exploration comes first and is written down before the stress run begins, so that nothing that happens to that can lose it.
 * Two gates judge the two engines, each by itself: {@link dev.shootdown.report.ExplorationGate} and {@link
 * dev.shootdown.stress.Gate}; {@link dev.shootdown.report.Agreement} then holds the one against the other. A thorough run stresses
 * the races that no test stresses as well, in its own VM, which {@link dev.shootdown.report.CellGate} judges.
 *
 * <p>All results are made from one {@link dev.shootdown.report.RunReport}: for programs, for build servers, for people. A
 * reader never sees half a file.
 *
 * <p>No API but the command's options and the files that it writes.
 */
@NullMarked
package dev.shootdown.report;

import org.jspecify.annotations.NullMarked;
