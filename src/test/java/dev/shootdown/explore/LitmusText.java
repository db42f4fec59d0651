package dev.shootdown.explore;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Litmus tests as text: harts apart by {@code |}, statements by {@code ;}. Words are {@code x} and {@code y}, registers {@code r0} to
 * {@code r7}.
 *
 * <p>{@code x=1}, {@code x=rel 1}, {@code x=vol 1} store, {@code x=r0} stores what a register holds; {@code r0=x}, {@code r0=acq x}
 * load, {@code r0=[r1]} loads x if r1 is 1 and y if it is 0 (an address dependency), {@code r0=x if r1} only if r1 is not 0 (a control
 * dependency); {@code r0=xchg x 1} and {@code r0=add x 1} do both; {@code fence} is a full barrier. Without another word
 * an access is opaque. A test without registers shows memory.
 */
final class LitmusText {
    private static final Pattern STORE = Pattern.compile("([xy])=(rel |vol )?(r?)(\\d)");
    private static final Pattern LOAD = Pattern.compile("r(\\d)=(acq )?([xy])(?: if r(\\d))?");
    private static final Pattern DEPENDENT = Pattern.compile("r(\\d)=\\[r(\\d)]");
    private static final Pattern BOTH = Pattern.compile("r(\\d)=(xchg|add) ([xy]) (\\d)");

    private LitmusText() {}

    static Litmus parse(String name, String text) {
        Litmus.Body[] bodies =
                Arrays.stream(text.split("\\|")).map(LitmusText::hart).toArray(Litmus.Body[]::new);
        int registers = (int) Pattern.compile("r\\d=")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .count();
        Litmus litmus = Litmus.of(name, registers, bodies);
        return registers == 0 ? litmus.showingMemory() : litmus;
    }

    private static Litmus.Body hart(String text) {
        List<Litmus.Body> statements = Arrays.stream(text.split(";"))
                .map(String::strip)
                .map(LitmusText::statement)
                .toList();
        return (words, registers) -> statements.forEach(statement -> statement.run(words, registers));
    }

    private static Litmus.Body statement(String text) {
        if (text.equals("fence")) {
            return (words, registers) -> words.fullFence();
        }
        Matcher matcher = STORE.matcher(text);
        if (matcher.matches()) {
            return store(matcher.toMatchResult());
        }
        if (matcher.usePattern(LOAD).matches()) {
            return load(matcher.toMatchResult());
        }
        if (matcher.usePattern(DEPENDENT).matches()) {
            int target = number(matcher, 1);
            int source = number(matcher, 2);
            return (words, r) -> r[target] = words.getOpaque(r[source] == 0 ? Litmus.Y : Litmus.X);
        }
        if (matcher.usePattern(BOTH).matches()) {
            return both(matcher.toMatchResult());
        }
        throw new IllegalArgumentException("no statement of a litmus test: " + text);
    }

    private static Litmus.Body store(MatchResult store) {
        long word = word(store, 1);
        int number = number(store, 4);
        ToLongFunction<long[]> value = store.group(3).isEmpty() ? r -> number : r -> r[number];
        return switch (store.group(2)) {
            case "rel " -> (words, r) -> words.setRelease(word, value.applyAsLong(r));
            case "vol " -> (words, r) -> words.setVolatile(word, value.applyAsLong(r));
            case null, default -> (words, r) -> words.setOpaque(word, value.applyAsLong(r));
        };
    }

    private static Litmus.Body load(MatchResult load) {
        int target = number(load, 1);
        long word = word(load, 3);
        if (load.group(2) != null) {
            return (words, r) -> r[target] = words.getAcquire(word);
        }
        if (load.group(4) == null) {
            return (words, r) -> r[target] = words.getOpaque(word);
        }
        int condition = number(load, 4);
        return (words, r) -> r[target] = r[condition] == 0 ? 0 : words.getOpaque(word);
    }

    private static Litmus.Body both(MatchResult access) {
        int target = number(access, 1);
        long word = word(access, 3);
        int operand = number(access, 4);
        return access.group(2).equals("add")
                ? (words, r) -> r[target] = words.getAndAdd(word, operand)
                : (words, r) -> r[target] = words.getAndSet(word, operand);
    }

    private static long word(MatchResult statement, int group) {
        return statement.group(group).equals("x") ? Litmus.X : Litmus.Y;
    }

    private static int number(MatchResult statement, int group) {
        return Integer.parseInt(statement.group(group));
    }
}
