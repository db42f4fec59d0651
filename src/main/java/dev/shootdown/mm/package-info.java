/**
 * The writers: address spaces, what unhooks their tables, and what frees them.
 *
 * <p>Mirrors {@code mm/mmu_gather.c}, {@code mm/memory.c} (free_pgtables and below) and the page-table part of {@code
 * mm/khugepaged.c} of Linux 7.0. The contract of an {@code mmu_gather}, in this order:
 *
 * <ol>
 *   <li><em>unhook</em>: the parent entry is cleared, so that no later walk finds the table;
 *   <li><em>invalidate</em>: every hart that may have cached the entry is told;
 *   <li><em>free</em>: the frame is given back.
 * </ol>
 *
 * <p>What the contract does <em>not</em> say is that nobody is walking the table when it is freed. That depends on how the
 * invalidation travels and on when the free happens, and {@link dev.shootdown.mm.TableFreeing} is the place where a
 * strategy decides it. The built-in strategies are one class each; bring your own by implementing the interface: it is
 * handed the {@link dev.shootdown.pagetable.DetachedTable} and the {@link dev.shootdown.mm.MmuGather}, and must discharge
 * the one through the other.
 *
 * <p>Some strategies keep the table, or share the decision with the walkers: it is deposited, reused in place, put aside until later,
 * counted, or freed under a lock. What these need on a machine ({@code TableStash}, {@code NextLife}, {@code TableCounts}, {@code
 * TableLock}) is in {@code dev.shootdown.pagetable}, and the gather has a method for each.
 *
 * <p>Locks are words where somebody in a race may take them. Those that race with who holds a semaphore take it, see {@link
 * dev.shootdown.mm.RetractTables}. {@link dev.shootdown.mm.Fault} and {@link dev.shootdown.mm.ReclaimEmptyTable}, which run beside each
 * other, take the locks of the page tables; so do those that clear and fill one pmd in turn ({@link dev.shootdown.mm.Collapse},
 * {@link dev.shootdown.mm.ZapHugePmd}, {@link dev.shootdown.mm.SplitHugePmd}). {@link dev.shootdown.mm.Munmap} takes none: the kernel's
 * has {@code mmap_lock} and has taken the mapping off the reverse map before any table goes, so that all who would take a lock are
 * out already, and left are those who take none. {@link dev.shootdown.mm.KernelVmap} changes the tables of the kernel, of which a {@link dev.shootdown.mm.KernelTableWork} frees some.
 *
 * <p>Deliberately not here: swap, the accounting of memory.
 */
@NullMarked
package dev.shootdown.mm;

import org.jspecify.annotations.NullMarked;
