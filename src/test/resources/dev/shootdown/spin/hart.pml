/*
 * The walker's hart: its context word, the interrupts it is sent, fences by firmware, grace periods.
 *
 * Written from the protocol, not from the Java. What mirrors what:
 *
 *   enter_section, leave_section   local_irq_save and local_irq_restore, or rcu_read_lock and rcu_read_unlock
 *   deliver                        generic_smp_call_function_interrupt
 *   call_and_wait                  smp_call_function_many(..., wait = true), on_each_cpu_mask
 *   machine_mode_fence             sbi_remote_sfence_vma_asid
 *   synchronize_rcu                synchronize_rcu
 *
 * A read-modify-write of the context word is one d_step; so is a compare-and-set loop, since a failed attempt changes
 * nothing. A wait is a guard. Memory is sequentially consistent, except where PLAIN_ENTRY gives the walker's hart a store
 * buffer.
 *
 * Rules that can be dropped, to see what each is there for:
 *
 *   -DPLAIN_ENTRY              a section is entered by a plain store, which its loads may overtake
 *   -DTAKE_AFTER_CLAIM         a handler claims the in-handler bit, and then takes the requests in a second step
 *   -DTAKE_BEFORE_CLAIM        a handler takes the requests, and then claims the in-handler bit in a second step
 *   -DSECTION_DURING_HANDLER   a section starts whether or not a handler runs
 *   -DTICKET_OF_THIS_RUN       a request posted while a handler runs counts that run as its own
 */

/* The walker: what its section is. */
#if defined(FAST_GUP)
#define SECTION INTERRUPTS_OFF
#elif defined(RCU_WALK)
#define SECTION RCU_READER
#else
#error "choose the walker: -DFAST_GUP or -DRCU_WALK"
#endif

/*
 * The context word of the walker's hart, one word:
 *
 *   12..   handler runs acknowledged
 *   8, 9   requests that wait, a bit a sender
 *   4..7   nesting of rcu_read_lock
 *   1      a handler runs, on the hart or in its place
 *   0      S-mode interrupts are off
 */
#define INTERRUPTS_OFF 1
#define IN_HANDLER     2
#define RCU_READER     16
#define RCU_NESTING    240
#define REQUEST(s)     (256 << (s))
#define REQUESTS       768
#define ONE_RUN        4096

/* What a grace period waits for. */
#define READER (INTERRUPTS_OFF | IN_HANDLER | RCU_NESTING)

int context = 0;

#define handler_runs       (context >> 12)
#define requests           (context & REQUESTS)
#define in_handler         ((context & IN_HANDLER) != 0)
#define interruptible      ((context & (INTERRUPTS_OFF | IN_HANDLER)) == 0)
#define acknowledged(t)    (handler_runs >= (t))

/* The senders. The freer's function is the fence; the other sender's is none of the freer's business. */
#define FREER 0
#define OTHER 1

/* Whether the hart ran the function of each sender's latest call. */
bool ran[2];

/* What must never be. Each is set and asserted in one step, so that the verifier names it. */
bool read_freed_table;
bool handler_in_section;
bool returned_unserved;

/* ---- Sections, entered and left by the hart itself. */

#ifdef PLAIN_ENTRY

/* The one store that waits in the hart's store buffer: a bit to be added to the context word, or 0. */
int store_buffer = 0;

active proctype drain() {
end:
    do
    :: d_step { store_buffer != 0 -> context = context + store_buffer; store_buffer = 0 }
    od
}

#endif

inline enter_section() {
#if defined(PLAIN_ENTRY)
    d_step { !in_handler -> store_buffer = SECTION }
#elif defined(SECTION_DURING_HANDLER)
    context = context + SECTION
#else
    d_step { !in_handler -> context = context + SECTION }
#endif
}

/* Ends the section; then the hart takes the interrupts that arrived in it, if they were off. */
inline leave_section(taken) {
#ifdef PLAIN_ENTRY
    /* The exit is a read-modify-write: it waits for the store buffer. */
    store_buffer == 0;
#endif
    context = context - SECTION;
#ifdef FAST_GUP
    do
    :: deliver(taken)
    :: !(interruptible && requests) -> break
    od
#endif
}

/* ---- Interrupts. A handler is run by the hart when it turns interrupts on, or by a sender in its place. */

inline deliver(taken) {
#if defined(TAKE_AFTER_CLAIM)
    d_step { interruptible && requests -> context = context | IN_HANDLER };
    d_step { taken = requests; context = context & ~REQUESTS };
#elif defined(TAKE_BEFORE_CLAIM)
    d_step { interruptible && requests -> taken = requests; context = context & ~REQUESTS };
    d_step { interruptible -> context = context | IN_HANDLER };
#else
    d_step { interruptible && requests -> taken = requests; context = (context & ~REQUESTS) | IN_HANDLER };
#endif
    run_function(taken, FREER);
    run_function(taken, OTHER);
    /* The acknowledgement. */
    d_step { taken = 0; context = context + ONE_RUN - IN_HANDLER }
}

/* local_flush_tlb_range_asid, or whatever the other sender wants of the hart. */
inline run_function(taken, from) {
    d_step {
        handler_in_section = ((context & INTERRUPTS_OFF) != 0);
        assert(!handler_in_section);
        ran[from] = (ran[from] || (taken & REQUEST(from)) != 0)
    }
}

/* The ticket is the number of handler runs after which the request has been served. */
inline post(from, ticket) {
    d_step {
        ran[from] = false;
#ifdef TICKET_OF_THIS_RUN
        ticket = handler_runs + 1;
#else
        /* A handler that runs now took its requests before this one: the run after it counts. */
        ticket = handler_runs + 1 + (context & IN_HANDLER) / IN_HANDLER;
#endif
        context = context | REQUEST(from)
    }
}

inline call_and_wait(from, ticket, taken) {
    post(from, ticket);
    do
    :: acknowledged(ticket) -> break
    :: !acknowledged(ticket) && interruptible && requests ->
        /* In the hart's place, unless somebody else was faster. */
        if
        :: deliver(taken)
        :: !(interruptible && requests)
        fi
    od;
    atomic {
        returned_unserved = !ran[from];
        assert(!returned_unserved);
        ticket = 0
    }
}

/* Firmware interrupts in M-mode, which sstatus.SIE does not mask, and has the hart fence: it waits for no section. */
inline machine_mode_fence(from) {
    ran[from] = true
}

/* ---- RCU, of the sched flavour. The walker's hart is the only one that ever reads. */

inline synchronize_rcu() {
    (context & READER) == 0
}
