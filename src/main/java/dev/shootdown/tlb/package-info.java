/**
 * TLB shootdown: who must be told that a translation is gone, over which route, and how much is flushed.
 *
 * <p>Mirrors {@code arch/riscv/mm/tlbflush.c} of Linux 7.0. {@link dev.shootdown.tlb.TlbFlush} decides (nobody in {@code
 * mm_cpumask}: nothing; only this hart: a local fence; else the dispatcher), {@link dev.shootdown.tlb.Shootdown} is the
 * dispatcher, the point where a new mechanism plugs in.
 *
 * <p>The route decides what completion means. A waited S-mode interrupt cannot complete while a target has interrupts off,
 * so it also waits for lockless walkers. A fence done by M-mode firmware ({@link dev.shootdown.tlb.SbiRfence}) completes in
 * the middle of their walks.
 *
 * <p>{@link dev.shootdown.tlb.Tlb} is what harts have cached: leaf entries and, apart from them, pointers, because an {@code
 * sfence.vma} that names addresses covers leaf entries only. It is there on machines that have a hardware walker; on others
 * a fence is counted on the hart that executes it, and touches nothing. An {@link dev.shootdown.tlb.Iommu} has such caches too,
 * and no fence of a hart concerns it.
 */
@NullMarked
package dev.shootdown.tlb;

import org.jspecify.annotations.NullMarked;
