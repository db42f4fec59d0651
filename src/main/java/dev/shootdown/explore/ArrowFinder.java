package dev.shootdown.explore;

import dev.shootdown.explore.ContextHistory.Change;
import dev.shootdown.explore.Timeline.Arrow;
import dev.shootdown.explore.Timeline.Signal;
import dev.shootdown.explore.WordPlaces.Kind;
import dev.shootdown.hart.ContextWord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what went from one hart to another, by what harts did to context words and to the firmware's. */
final class ArrowFinder {
    private static final String MACHINE_MODE = "sbi_rfence (M-mode)";
    private static final int FIRMWARE_REQUEST = 0;
    private static final int FIRMWARE_COMPLETED = 1;

    private final List<Step> steps;
    private final WordPlaces places;
    private final List<Arrow> arrows = new ArrayList<>();
    /** The steps that posted interrupts which wait for a handler, by target and sender. */
    private final Map<Pair, Integer> posted = new HashMap<>();

    private record Pair(int target, int sender) {}

    ArrowFinder(List<Step> steps, WordPlaces places) {
        this.steps = steps;
        this.places = places;
    }

    List<Arrow> find(ContextHistory contexts) {
        Map<Integer, Long> served = new HashMap<>();
        for (Change change : contexts.changes()) {
            post(change);
            if (change.sets(ContextWord.IN_HANDLER)) {
                served.put(change.hart(), ContextWord.requesters(change.step().before()));
                claim(change);
            } else if (change.clears(ContextWord.IN_HANDLER)) {
                acknowledge(change, served.getOrDefault(change.hart(), 0L));
            }
        }
        firmware();
        arrows.sort(Comparator.comparingInt(Arrow::fromStep).thenComparingInt(Arrow::toStep));
        return arrows;
    }

    private void post(Change change) {
        Step step = change.step();
        long before = ContextWord.requesters(step.before());
        if ((ContextWord.requesters(step.value()) & ~before & 1L << step.hart()) != 0) {
            posted.put(new Pair(change.hart(), step.hart()), step.number());
        } else if (fences(change) && step.mirrors().contains(MACHINE_MODE)) {
            arrows.add(new Arrow(Signal.MACHINE_MODE_FENCE, step.hart(), step.number(), change.hart(), step.number()));
        }
    }

    /** A fence looks at the word where there is nothing to invalidate, and holds off walks where there is. */
    private static boolean fences(Change change) {
        return change.step().before() == change.step().value() || change.sets(ContextWord.MACHINE_MODE);
    }

    private void claim(Change change) {
        forEachHart(ContextWord.requesters(change.step().before()), sender -> {
            Integer from = posted.remove(new Pair(change.hart(), sender));
            if (from != null) {
                arrows.add(new Arrow(
                        Signal.INTERRUPT,
                        sender,
                        from,
                        change.hart(),
                        change.step().number()));
            }
        });
    }

    private void acknowledge(Change change, long senders) {
        Step end = change.step();
        forEachHart(
                senders,
                sender -> nextAwait(sender, end)
                        .ifPresent(wait -> arrows.add(new Arrow(
                                Signal.ACKNOWLEDGEMENT, change.hart(), end.number(), sender, wait.number()))));
    }

    private Optional<Step> nextAwait(int hart, Step after) {
        return steps.stream()
                .filter(step -> step.number() > after.number() && step.hart() == hart)
                .filter(step -> step.kind() == Step.Kind.AWAIT && step.offset() == after.offset())
                .findFirst();
    }

    private interface HartAction {
        void on(int hart);
    }

    private static void forEachHart(long mask, HartAction action) {
        for (long left = mask; left != 0; left &= left - 1) {
            action.on(Long.numberOfTrailingZeros(left));
        }
    }

    /** Requests and completions of a firmware hart: from the store to the wait that it ends. */
    private void firmware() {
        Map<Long, Step> lastStore = new HashMap<>();
        for (Step step : steps) {
            if (places.at(step.offset()).kind() != Kind.FIRMWARE) {
                continue;
            }
            if (step.kind() == Step.Kind.STORE || step.kind() == Step.Kind.DRAIN) {
                lastStore.put(step.offset(), step);
            } else if (step.kind() == Step.Kind.AWAIT && lastStore.containsKey(step.offset())) {
                arrive(lastStore.get(step.offset()), step);
            }
        }
    }

    private void arrive(Step store, Step wait) {
        int word = places.at(wait.offset()).index();
        if (word == FIRMWARE_REQUEST || word == FIRMWARE_COMPLETED) {
            Signal signal = word == FIRMWARE_REQUEST ? Signal.FIRMWARE_CALL : Signal.FIRMWARE_RETURN;
            arrows.add(new Arrow(signal, store.hart(), store.number(), wait.hart(), wait.number()));
        }
    }
}
