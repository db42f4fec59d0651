/**
 * Page tables that live in simulated memory: how entries are addressed, loaded, published and unhooked.
 *
 * <p>{@link dev.shootdown.pagetable.PageTables} is what walker and freer have in common: the words of one {@code mm_struct}
 * that both touch, and the tables below its root. {@link dev.shootdown.pagetable.EntryReader} is the only way for a lockless
 * walker to load an entry; it recognises a frame that holds no table of this address space by the value it finds there. {@link dev.shootdown.pagetable.DetachedTable} is the obligation that unhooking leaves
 * behind: somebody must free the table, and only a free strategy knows when.
 *
 * <p>How tables are kept, or walkers kept off them, where the machine's description says so, and by whom it is used: {@link
 * dev.shootdown.pagetable.WalkTracker} by walkers who say that they walk; {@link dev.shootdown.pagetable.TableCounts} and {@link
 * dev.shootdown.pagetable.TableLock} by both sides; {@link dev.shootdown.pagetable.MmUsers} by whoever uses the address space;
 * {@link dev.shootdown.pagetable.TableStash} and {@link dev.shootdown.pagetable.NextLife} by the freer and who comes after it.
 *
 * <p>Mirrors {@code pgtable-generic} and {@code asm-generic/pgalloc.h} of Linux 7.0 as far as table pages go. The locks
 * of tables and of an address space stand here too ({@link dev.shootdown.pagetable.PageTableLocks}, {@link
 * dev.shootdown.pagetable.MmapLock}), for the races in which somebody takes them; a machine has them only then. Deliberately not
 * here: the order of frees ({@code dev.shootdown.mm}), and how walkers protect themselves ({@code dev.shootdown.walk}).
 */
@NullMarked
package dev.shootdown.pagetable;

import org.jspecify.annotations.NullMarked;
