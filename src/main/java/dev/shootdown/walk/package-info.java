/**
 * The readers: lockless walks over page tables that somebody may be freeing.
 *
 * <p>{@link dev.shootdown.walk.FastGup} is {@code get_user_pages_fast} of Linux 7.0 ({@code mm/gup.c}): interrupts off, no
 * lock, and deliberately no {@code rcu_read_lock}, which would not hold off the interrupt of {@code
 * tlb_remove_table_sync_one}. {@link dev.shootdown.walk.RcuWalk} is the same descent under {@code rcu_read_lock} alone.
 * {@link dev.shootdown.walk.TableDescent} is what they share.
 *
 * <p>{@link dev.shootdown.walk.HardwareWalk} is the page-table walker of the hart itself, step by step as the privileged
 * specification has it. It knows neither sections nor counts, starts from what it has cached, and writes accessed and dirty
 * bits: only a fence that has completed on its hart keeps it off a table.
 *
 * <p>{@link dev.shootdown.walk.PtdumpWalk} and {@link dev.shootdown.walk.UserMappingSize} only look, and take no reference.
 *
 * <p>The rules of a descent: every entry is loaded once and the copy is used; a page is pinned only if its count was not
 * zero; then the pmd and the pte are loaded again, and if either changed, the pin is dropped. The re-check does not keep
 * the table alive: only the section around the walk, and a freer who waits for it, does that.
 *
 * <p>Where tables have counts or a lock, the software walkers take them ({@code TableGuard}); where tables stay tables in another
 * life, they cannot tell one life from the other, and only the re-check of the parent entry saves them. The hardware does none of
 * this.
 *
 * <p>This package and {@code dev.shootdown.mm} never import each other: walker and freer share memory and harts, and
 * nothing else.
 */
@NullMarked
package dev.shootdown.walk;

import org.jspecify.annotations.NullMarked;
