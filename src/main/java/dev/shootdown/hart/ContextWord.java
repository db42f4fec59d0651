package dev.shootdown.hart;

/**
 * The layout of a hart's context word.
 *
 * <pre>
 *   63                         32 31             16 15     12 11        4 3   2      1       0
 *   [ handler runs acknowledged ][ requests, a bit  ][ unused ][ RCU     ][M][HWALK][HANDLER][OFF]
 *                                 [ a sender        ]          [ nesting ]
 * </pre>
 */
public final class ContextWord {
    /** S-mode interrupts are off ({@code sstatus.SIE} = 0). Set and cleared by the hart itself. */
    public static final long INTERRUPTS_OFF = 1L;
    /** A handler runs on this hart, by itself or in its place. Whoever sets it runs the handler. */
    public static final long IN_HANDLER = 1L << 1;
    /** The hart's page-table walker is in a walk: no instruction boundary, so no trap to M-mode either. */
    public static final long HARDWARE_WALK = 1L << 2;
    /** Firmware fences on this hart, in M-mode: no walk of the hardware begins meanwhile. Set where caches are modelled. */
    public static final long MACHINE_MODE = 1L << 3;

    /** One level of {@code rcu_read_lock}. */
    public static final long RCU_READER = 1L << 4;
    /** All bits of the nesting depth, up to {@link #MAX_RCU_NESTING}. */
    public static final long RCU_NESTING = 0xFFL << 4;
    /** The bits of requests that wait for a handler. */
    public static final long REQUESTS = 0xFFFFL << 16;
    /** What the RCU of the sched flavour counts as a reader: interrupts off, a handler, or {@code rcu_read_lock}. */
    public static final long READER = INTERRUPTS_OFF | IN_HANDLER | RCU_NESTING;
    /** Deepest nesting of {@code rcu_read_lock}. */
    public static final int MAX_RCU_NESTING = 255;
    /** Most harts in a machine: one request bit each. */
    public static final int MAX_HARTS = 16;

    static final long ONE_ACKNOWLEDGEMENT = 1L << 32;
    private static final int REQUEST_SHIFT = 16;
    private static final int ACKNOWLEDGEMENT_SHIFT = 32;

    private ContextWord() {}

    /**
     * {@return whether a grace period may pass this hart}
     *
     * @param context the word, as loaded
     */
    public static boolean isQuiescent(long context) {
        return (context & READER) == 0;
    }

    static long requestOf(int sender) {
        return 1L << (REQUEST_SHIFT + sender);
    }

    /** Interrupts are on, none is being handled, and the hart is at an instruction boundary. */
    static boolean canTakeInterrupt(long context) {
        return (context & (INTERRUPTS_OFF | IN_HANDLER | HARDWARE_WALK)) == 0;
    }

    /** A request waits, and the hart can take it. */
    static boolean isDeliverable(long context) {
        return (context & REQUESTS) != 0 && canTakeInterrupt(context);
    }

    /** The word after its requests were taken by whoever now runs the handler. */
    static long claimed(long context) {
        return (context & ~REQUESTS) | IN_HANDLER;
    }

    /** The number of handler runs after which a request posted onto {@code context} has been served. */
    static int ticketAfterPostingOnto(long context) {
        int served = (int) (context >>> ACKNOWLEDGEMENT_SHIFT);
        // A handler that runs now took its requests before this one was posted: the run after it counts.
        return (context & IN_HANDLER) == 0 ? served + 1 : served + 2;
    }

    static boolean isAcknowledged(long context, long ticket) {
        return (int) (context >>> ACKNOWLEDGEMENT_SHIFT) - (int) ticket >= 0;
    }

    /**
     * {@return the harts whose requests wait for a handler, a bit each}
     *
     * @param context the word, as loaded
     */
    public static long requesters(long context) {
        return (context & REQUESTS) >>> REQUEST_SHIFT;
    }

    /**
     * {@return how many handler runs were acknowledged, modulo 2<sup>32</sup>}
     *
     * @param context the word, as loaded
     */
    public static long handlerRuns(long context) {
        return context >>> ACKNOWLEDGEMENT_SHIFT;
    }

    /**
     * {@return how deep {@code rcu_read_lock} is nested}
     *
     * @param context the word, as loaded
     */
    public static long rcuNesting(long context) {
        return (context & RCU_NESTING) / RCU_READER;
    }

    /**
     * {@return the word in domain terms, for messages}
     *
     * @param context the word, as loaded
     */
    public static String describe(long context) {
        return String.format(
                "[interrupts %s%s%s%s, rcu nesting %d, requests 0x%x, %d handler runs]",
                (context & INTERRUPTS_OFF) == 0 ? "on" : "off",
                (context & IN_HANDLER) == 0 ? "" : ", in handler",
                (context & HARDWARE_WALK) == 0 ? "" : ", hardware walk",
                (context & MACHINE_MODE) == 0 ? "" : ", M-mode fence",
                rcuNesting(context),
                requesters(context),
                handlerRuns(context));
    }
}
