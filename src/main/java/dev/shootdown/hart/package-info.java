/**
 * Harts: threads with an interrupt-enable bit, the interrupts they send each other, and the machine they form.
 *
 * <p>A hart's whole context is one shared word ({@link dev.shootdown.hart.ContextWord}): interrupts off, in a handler, in a
 * hardware walk, RCU nesting, requests that wait, an acknowledgement sequence. Four rules make the rest exact:
 *
 * <ol>
 *   <li>Every <em>entry</em> into a protected section and every <em>observation</em> on which a free depends is a
 *       full-barrier read-modify-write of that word. One modification order then decides who came first. With plain
 *       stores and a scan of loads, a store buffer could hide a walker from the freer.
 *   <li>A handler takes the set of waiting requests in the same read-modify-write that claims the in-handler bit. Taken
 *       later, a request would be lost and its sender wait for ever; taken before, the sender would return unserved.
 *   <li>A request posted while a handler runs is served by the next run, not by this one: its ticket says so.
 *   <li>Sections start only when the in-handler bit is clear, so that no handler runs inside one.
 * </ol>
 *
 * <p>The third and the fourth keep the table together: with both dropped, a request is acknowledged by a run that began before
 * it, although its target is already walking. (Checked by the explorer and, independently, by a model in Promela.)
 *
 * <p>A waited inter-processor interrupt mirrors {@code smp_call_function_many(..., wait = true)}. It is delivered by the
 * target when it enables interrupts, or, when the sender finds interrupts on, by the sender in the target's place: so a
 * hart that has not started or has finished takes interrupts without a thread. Both are counted, apart. A machine-mode
 * fence ({@link dev.shootdown.hart.Hart#machineModeFence}) ignores the interrupts-off bit: {@code sstatus.SIE} masks
 * S-mode interrupts only.
 *
 * <p>Both are taken between instructions: neither is delivered while the hart's page-table walker is in a walk ({@link
 * dev.shootdown.hart.HardwareWalkSection}), and no walk begins until the handler or the fence is over. So a sender that waits
 * also waits for the walk in flight, and what a fence took out of the caches is gone when the next walk begins.
 *
 * <p>Deliberately not here: nested interrupts, interrupt priorities, idle states, hotplug, preemption.
 */
@NullMarked
package dev.shootdown.hart;

import org.jspecify.annotations.NullMarked;
