/**
 * Page tables that live in simulated memory: how entries are addressed, loaded, published and unhooked.
 *
 * <p>{@link dev.shootdown.pagetable.PageTables} is what walker and freer have in common: the words of one {@code mm_struct}
 * that both touch, and the tables below its root. {@link dev.shootdown.pagetable.EntryReader} is the only way for a lockless
 * walker to load an entry; it recognises a frame that holds no table of this address space by the value it finds there. {@link dev.shootdown.pagetable.DetachedTable} is the obligation that unhooking leaves
 * behind: somebody must free the table, and only a free strategy knows when.
 *
 * <p>Mirrors {@code pgtable-generic} and {@code asm-generic/pgalloc.h} of Linux 7.0 as far as table pages go. Deliberately
 * not here: locks of tables, the order of frees ({@code dev.shootdown.mm}), and how walkers protect themselves ({@code
 * dev.shootdown.walk}).
 */
@NullMarked
package dev.shootdown.pagetable;

import org.jspecify.annotations.NullMarked;
