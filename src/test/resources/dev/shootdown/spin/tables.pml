/*
 * One pte table below one pmd entry, with one page; the walker; a second sender of interrupts.
 *
 *   gup_fast          gup_fast_pmd_range, gup_fast_pte_range, try_get_folio, and the same under rcu_read_lock alone:
 *                     pte_offset_map
 *   unmap             zap_pte_range, then free_pte_range: pmd_clear
 *   flush_tlb_range   __flush_tlb_range
 *   free_table        pte_free, __tlb_remove_table
 *
 * To see a failure step by step:
 *
 *   spin -a -DFAST_GUP -DSBI_RFENCE remove-page.pml && cc -DSAFETY -o pan pan.c && ./pan
 *   spin -t -p -g -DFAST_GUP -DSBI_RFENCE remove-page.pml
 */

#include "hart.pml"

#define LIVE     0
#define UNHOOKED 1
#define FREED    2

bool pmd = true;
bool pte = true;
byte table = LIVE;
/* References of the page: the mapping's and the walker's. */
byte page_count = 1;

/* ---- What the freer does, strategies apart. */

inline unmap() {
    pte = false;
    d_step { pmd = false; table = UNHOOKED }
}

/* The walker's hart is in mm_cpumask. */
inline flush_tlb_range(ticket, taken) {
#if defined(S_MODE_IPI)
    call_and_wait(FREER, ticket, taken)
#elif defined(SBI_RFENCE)
    machine_mode_fence(FREER)
#else
#error "choose the dispatcher: -DS_MODE_IPI or -DSBI_RFENCE"
#endif
}

/* Drops a reference of the page. */
inline put_page() {
    page_count = page_count - 1
}

inline free_table() {
    table = FREED
}

/* ---- The walker. */

/* Every load from the table goes through here. */
inline load_pte(copy) {
    d_step {
        read_freed_table = (table == FREED);
        assert(!read_freed_table);
        copy = pte
    }
}

/* The descent, inside the section; leaves pinned set if it keeps the page. */
inline gup_fast(copy, pinned) {
    copy = pmd;
    if
    :: copy -> load_pte(copy)
    :: else
    fi;
    if
    :: copy ->
        /* try_get_folio: only if somebody holds the page still. */
        if
        :: d_step { page_count > 0 -> page_count = page_count + 1; pinned = true }
        :: page_count == 0
        fi
    :: else
    fi;
    if
    :: pinned ->
        /* Both entries again: a change means that the pin came too late. */
        copy = pmd;
        if
        :: copy -> load_pte(copy)
        :: else
        fi;
        if
        :: copy
        :: else -> put_page(); pinned = false
        fi
    :: else
    fi;
    copy = false
}

/* Walks as often as it likes. When it is gone its hart takes interrupts all the same: senders see to that. */
active proctype walker() {
    bool copy, pinned;
    int taken;
    do
    :: enter_section();
        gup_fast(copy, pinned);
        leave_section(taken);
        /* unpin_user_page, outside the section. */
        if
        :: pinned -> put_page(); pinned = false
        :: else
        fi
    :: break
    od
}

/* Interrupts the walker's hart twice, about something else. */
active proctype other_sender() {
    int ticket, taken;
    call_and_wait(OTHER, ticket, taken);
    call_and_wait(OTHER, ticket, taken)
}
