package dev.shootdown.cli;

import dev.shootdown.stress.ExitCode;
import java.util.concurrent.atomic.AtomicReference;

/** Lets a process that is stopped from outside (Ctrl-C, SIGTERM) say so, and end with the documented exit code. */
final class Interruption implements AutoCloseable {
    private static final AtomicReference<Runnable> LAST_WORDS = new AtomicReference<>(() -> {});

    private static volatile boolean begun;

    private final Runnable atClose;

    private Interruption(Runnable atClose) {
        this.atClose = atClose;
    }

    /** From now on, until it is closed, a signal ends this process with its last words. */
    static Interruption ofProcess(Runnable lastWords) {
        LAST_WORDS.set(lastWords);
        Thread hook = new Thread(Interruption::end, "shootdown-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(() -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is going down already: the hook ends it.
            }
        });
    }

    /** Until it is closed, the process has other last words. */
    static Interruption watch(Runnable lastWords) {
        Runnable before = LAST_WORDS.getAndSet(lastWords);
        return new Interruption(() -> LAST_WORDS.compareAndSet(lastWords, before));
    }

    /** Whether the last words are being said: nobody else should speak any more. */
    static boolean hasBegun() {
        return begun;
    }

    /** Without halt(), the exit code would be that of the signal. */
    private static void end() {
        begun = true;
        try {
            LAST_WORDS.get().run();
        } finally {
            Runtime.getRuntime().halt(ExitCode.BROKEN.number());
        }
    }

    @Override
    public void close() {
        atClose.run();
    }
}
