/**
 * Every interleaving of a race, within a bound: the second engine, over the same actors.
 *
 * <p>{@link dev.shootdown.explore.ExploredWords} takes the place of off-heap memory: each access is a scheduling point, and an
 * {@code await} or {@code awaitAndUpdate} blocks its hart until the condition holds, so that nothing spins. The harts are virtual threads of which one
 * runs at a time ({@link dev.shootdown.explore.Scheduler}). An execution is a sequence of steps ({@link
 * dev.shootdown.explore.Events}), each by one <em>process</em>: a hart, or, under total store order, the store buffer of a hart.
 *
 * <p>What a step sees, which steps it is ordered after and which it raced with is the business of a {@link
 * dev.shootdown.explore.MemorySystem}, one for each {@link dev.shootdown.race.MemoryModel}:
 *
 * <ul>
 *   <li>{@link dev.shootdown.explore.SequentialMemory}: sequential consistency;
 *   <li>{@link dev.shootdown.explore.StoreBufferMemory}: x86-TSO (Sewell et al., CACM 2010);
 *   <li>{@link dev.shootdown.explore.WeakMemory}: the access modes as they are written, RC11-like. Its differences from RVWMO
 *       are listed there, and belong beside every verdict under it.
 * </ul>
 *
 * <p>A {@link dev.shootdown.explore.Search} decides which process steps next. {@link dev.shootdown.explore.SourceSets} is stateless
 * dynamic partial-order reduction: executions that differ only in the order of independent steps are run once. {@link
 * dev.shootdown.explore.Enumeration} runs all of them, up to a number of detours, to check the one against the other and to
 * find the shortest failing execution. {@link dev.shootdown.explore.Guided} runs a single one again.
 *
 * <p>What was found is told and kept: {@link dev.shootdown.explore.Replayer} makes a {@link dev.shootdown.explore.Recording} of an
 * execution, {@link dev.shootdown.explore.Timeline} tells it in the words of {@link dev.shootdown.explore.WordNames}, {@link
 * dev.shootdown.explore.MinimalPair} puts it beside what the repaired race does, and {@link dev.shootdown.explore.WitnessFile}
 * keeps it to be run again.
 *
 * <p>A verdict of SAFE means: exhausted within the bounds given, under the memory model named. It is never a proof. Nothing that
 * decides what a hart does may come from outside the words; a replay that goes elsewhere ends in {@link
 * dev.shootdown.explore.ReplayDiverged}.
 *
 * <p>No API: use it through {@link dev.shootdown.race.Race}.
 */
@NullMarked
package dev.shootdown.explore;

import org.jspecify.annotations.NullMarked;
