/**
 * Every interleaving of a race, within a bound: the second engine, over the same actors.
 *
 * <p>{@link dev.shootdown.explore.ExploredWords} takes the place of off-heap memory: each access is a scheduling point, and an
 * {@code await} blocks its hart until the condition holds, so that nothing spins. The harts are virtual threads of which one
 * runs at a time. An execution is a sequence of steps, each by one <em>process</em>: a hart, or, under total store order, the
 * store buffer of a hart.
 *
 * <p>{@link dev.shootdown.explore.Search} decides which process steps next. It is stateless dynamic partial-order reduction
 * with source sets and sleep sets (Abdulla, Aronis, Jonsson, Sagonas: Optimal Dynamic Partial Order Reduction, POPL 2014):
 * executions that differ only in the order of independent steps are run once. {@link
 * dev.shootdown.explore.Reduction#NONE} turns that off, to check the one against the other.
 *
 * <p>A verdict of SAFE means: exhausted within the bounds given, under the memory model named. Modelled are sequential
 * consistency, and x86-TSO (Sewell et al., CACM 2010): a store buffer for each hart, which fences and read-modify-writes wait
 * to be empty.
 */
@NullMarked
package dev.shootdown.explore;

import org.jspecify.annotations.NullMarked;
