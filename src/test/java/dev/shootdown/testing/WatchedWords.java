package dev.shootdown.testing;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.OffHeapWords;
import dev.shootdown.memory.Words;
import java.util.ArrayList;
import java.util.List;

/** Words that tell a watcher of each access after it was made, by mode name and word: a second engine, of a kind. */
public final class WatchedWords implements Words {
    private final OffHeapWords words;
    private final ImageLayout layout;
    private Watcher watcher = (mode, offset) -> {};

    public WatchedWords(OffHeapWords words, ImageLayout layout) {
        this.words = words;
        this.layout = layout;
    }

    /** Is told of accesses. */
    @FunctionalInterface
    public interface Watcher {
        void accessed(String mode, long offset);
    }

    public void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    /** The accesses of {@code action}, in order, such as {@code getAcquire dram[9]}. */
    public List<String> accessesOf(Runnable action) {
        List<String> accesses = new ArrayList<>();
        watch((mode, offset) -> accesses.add(mode + " " + layout.nameOf(offset)));
        action.run();
        watch((mode, offset) -> {});
        return accesses;
    }

    /** The word at an offset in domain words. */
    public String nameOf(long offset) {
        return layout.nameOf(offset);
    }

    /** Every word that is not zero. */
    public String dump() {
        return words.dump();
    }

    @Override
    public long get(long offset) {
        long value = words.get(offset);
        watcher.accessed("get", offset);
        return value;
    }

    @Override
    public void set(long offset, long value) {
        words.set(offset, value);
        watcher.accessed("set", offset);
    }

    @Override
    public long getOpaque(long offset) {
        long value = words.getOpaque(offset);
        watcher.accessed("getOpaque", offset);
        return value;
    }

    @Override
    public void setOpaque(long offset, long value) {
        words.setOpaque(offset, value);
        watcher.accessed("setOpaque", offset);
    }

    @Override
    public long getAcquire(long offset) {
        long value = words.getAcquire(offset);
        watcher.accessed("getAcquire", offset);
        return value;
    }

    @Override
    public void setRelease(long offset, long value) {
        words.setRelease(offset, value);
        watcher.accessed("setRelease", offset);
    }

    @Override
    public long getVolatile(long offset) {
        long value = words.getVolatile(offset);
        watcher.accessed("getVolatile", offset);
        return value;
    }

    @Override
    public void setVolatile(long offset, long value) {
        words.setVolatile(offset, value);
        watcher.accessed("setVolatile", offset);
    }

    @Override
    public boolean compareAndSet(long offset, long expected, long value) {
        boolean done = words.compareAndSet(offset, expected, value);
        watcher.accessed("compareAndSet", offset);
        return done;
    }

    @Override
    public long getAndSet(long offset, long value) {
        long before = words.getAndSet(offset, value);
        watcher.accessed("getAndSet", offset);
        return before;
    }

    @Override
    public long getAndAdd(long offset, long delta) {
        long before = words.getAndAdd(offset, delta);
        watcher.accessed("getAndAdd", offset);
        return before;
    }

    @Override
    public long getAndBitwiseOr(long offset, long mask) {
        long before = words.getAndBitwiseOr(offset, mask);
        watcher.accessed("getAndBitwiseOr", offset);
        return before;
    }

    @Override
    public long getAndBitwiseAnd(long offset, long mask) {
        long before = words.getAndBitwiseAnd(offset, mask);
        watcher.accessed("getAndBitwiseAnd", offset);
        return before;
    }

    @Override
    public void fullFence() {
        words.fullFence();
        watcher.accessed("fullFence", -1);
    }

    @Override
    public long await(long offset, Condition condition, long operand) {
        long value = words.await(offset, condition, operand);
        watcher.accessed("await", offset);
        return value;
    }

    @Override
    public long awaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        long before = words.awaitAndUpdate(offset, condition, awaited, update, operand);
        watcher.accessed("awaitAndUpdate", offset);
        return before;
    }
}
