/**
 * Grace periods of the sched flavour, as Linux has had them since 4.20 folded the flavours into one.
 *
 * <p>A reader is any section with interrupts off, a handler, or {@link dev.shootdown.rcu.Rcu#readLock rcu_read_lock}. A
 * grace period that began after an unhook ends only when every hart was observed outside such a section, so no reader that
 * could have seen the old entry is left. Sections that begin later hold nothing off: they find the entry gone.
 *
 * <p>Callbacks ({@code call_rcu}) wait in a ring of shared words and are run by whoever polls, in order, each once.
 *
 * <p>Not a grace period: the interrupt broadcast of {@code tlb_remove_table_sync_one}. It waits for interrupts-off sections
 * only; see {@code dev.shootdown.mm.TableOneSyncIpi}. Deliberately not here: expedited grace periods, preemptible RCU,
 * SRCU, callback offloading.
 */
@NullMarked
package dev.shootdown.rcu;

import org.jspecify.annotations.NullMarked;
