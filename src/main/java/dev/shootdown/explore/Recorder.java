package dev.shootdown.explore;

import dev.shootdown.explore.Recording.Wait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down an execution as it happens: each step with the kernel functions under way, and every wait. */
final class Recorder {
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Events events;
    private final MemorySystem memory;
    private final List<Step> steps = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final @Nullable Wait[] open;
    private final List<Deque<List<String>>> buffered = new ArrayList<>();

    Recorder(Events events, MemorySystem memory) {
        this.events = events;
        this.memory = memory;
        this.open = new Wait[memory.harts];
        for (int hart = 0; hart < memory.harts; hart++) {
            buffered.add(new ArrayDeque<>());
        }
    }

    List<Step> steps() {
        return steps;
    }

    /** All waits, those that have not ended too. */
    List<Wait> waits() {
        List<Wait> all = new ArrayList<>(waits);
        Arrays.stream(open).forEach(wait -> {
            if (wait != null) {
                all.add(wait);
            }
        });
        return all;
    }

    /** Called on the thread of the hart whose step it was. */
    void stepped(int step) {
        List<String> mirrors = mirrors();
        int hart = events.process[step] % memory.harts;
        if (events.access[step] == WordAccess.BUFFER) {
            buffered.get(hart).addLast(mirrors);
        }
        add(step, hart, mirrors);
    }

    /** A store left its buffer. */
    void drained(int step) {
        int hart = events.process[step] % memory.harts;
        add(step, hart, buffered.get(hart).removeFirst());
    }

    private void add(int step, int hart, List<String> mirrors) {
        WordAccess access = events.access[step];
        int word = events.word[step];
        long offset = word == Pending.NO_WORD ? Step.NO_WORD : (long) word << 3;
        boolean touches = access.touches() || access == WordAccess.BUFFER;
        long value =
                !touches ? 0 : access.stores || access == WordAccess.BUFFER ? events.after[step] : events.before[step];
        steps.add(new Step(
                step + 1,
                hart,
                kindOf(access),
                access.method,
                offset,
                events.before[step],
                value,
                memory.freshness(step),
                mirrors));
        if (access == WordAccess.AWAIT || access == WordAccess.AWAIT_AND_UPDATE) {
            closeWait(hart, step);
        }
    }

    private void closeWait(int hart, int step) {
        Wait wait = open[hart];
        if (wait != null) {
            waits.add(new Wait(hart, wait.offset(), wait.awaited(), wait.from(), step + 1));
            open[hart] = null;
        }
    }

    /** A hart cannot end its wait now. */
    void waits(int hart, Pending pending) {
        if (open[hart] == null) {
            open[hart] = new Wait(hart, (long) pending.word << 3, pending.awaited(), events.length(), Wait.FOR_EVER);
        }
    }

    private static Step.Kind kindOf(WordAccess access) {
        return switch (access) {
            case BEGIN -> Step.Kind.BEGIN;
            case GET, GET_OPAQUE, GET_ACQUIRE, GET_VOLATILE -> Step.Kind.LOAD;
            case AWAIT -> Step.Kind.AWAIT;
            case SET, SET_OPAQUE, SET_RELEASE, SET_VOLATILE -> Step.Kind.STORE;
            case AWAIT_AND_UPDATE, COMPARE_AND_SET, GET_AND_SET, GET_AND_ADD, GET_AND_BITWISE_OR, GET_AND_BITWISE_AND ->
                Step.Kind.READ_MODIFY_WRITE;
            case FULL_FENCE -> Step.Kind.FENCE;
            case BUFFER -> Step.Kind.BUFFER;
            case DRAIN -> Step.Kind.DRAIN;
            case COMPARE_FAILED -> Step.Kind.COMPARE_FAILED;
        };
    }

    private List<String> mirrors() {
        List<String> names = STACK.walk(frames -> {
            List<String> found = new ArrayList<>();
            frames.forEach(frame -> MirroredMethods.mirroredBy(frame).ifPresent(found::add));
            return found;
        });
        Collections.reverse(names);
        return names;
    }
}
