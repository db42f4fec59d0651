package dev.shootdown.explore.faults;

import dev.shootdown.explore.faults.ContextAccess.Form;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.ImageLayout.Region;
import dev.shootdown.memory.Words;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Passes every access on, and lets a fault change some of the read-modify-writes of context words. */
abstract class ContextWords extends ForwardingWords {
    private final List<ContextAccess> changed;
    private final Set<Long> contexts;

    ContextWords(Words inner, ImageLayout layout, ContextAccess... changed) {
        super(inner);
        this.changed = List.of(changed);
        this.contexts = layout.regions().stream()
                .filter(region -> region.name().endsWith(".context"))
                .map(Region::offset)
                .collect(Collectors.toSet());
    }

    /** Takes the place of a compare-and-set that is changed. */
    boolean changedCompareAndSet(long offset, long expected, long value) {
        throw new AssertionError("a compare-and-set among " + changed + ", which this fault does not change");
    }

    /** Takes the place of an addition, an or, an and that is changed; returns the value before. */
    long changedUpdate(ContextAccess access, long offset, long operand) {
        throw new AssertionError(access + ", which this fault does not change");
    }

    final Set<Long> contexts() {
        return contexts;
    }

    @Override
    public final boolean compareAndSet(long offset, long expected, long value) {
        return isChanged(Form.COMPARE_AND_SET, offset, value - expected)
                ? changedCompareAndSet(offset, expected, value)
                : unchangedCompareAndSet(offset, expected, value);
    }

    /** Every other compare-and-set. */
    boolean unchangedCompareAndSet(long offset, long expected, long value) {
        return inner.compareAndSet(offset, expected, value);
    }

    /** Takes the place of a wait that ends with an update, and is changed; returns the value before. */
    long changedAwaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        throw new AssertionError("a wait with an update among " + changed + ", which this fault does not change");
    }

    @Override
    public final long awaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        Form form = update == Update.ADD ? Form.AWAIT_AND_ADD : Form.AWAIT_AND_CLAIM;
        return isChanged(form, offset, operand)
                ? changedAwaitAndUpdate(offset, condition, awaited, update, operand)
                : unchangedAwaitAndUpdate(offset, condition, awaited, update, operand);
    }

    /** Every other wait that ends with an update. */
    long unchangedAwaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand) {
        return inner.awaitAndUpdate(offset, condition, awaited, update, operand);
    }

    @Override
    public final long getAndAdd(long offset, long delta) {
        return isChanged(Form.ADD, offset, delta)
                ? changedUpdate(ContextAccess.of(Form.ADD, delta), offset, delta)
                : inner.getAndAdd(offset, delta);
    }

    @Override
    public final long getAndBitwiseOr(long offset, long mask) {
        return isChanged(Form.OR, offset, mask)
                ? changedUpdate(ContextAccess.of(Form.OR, mask), offset, mask)
                : inner.getAndBitwiseOr(offset, mask);
    }

    @Override
    public final long getAndBitwiseAnd(long offset, long mask) {
        return isChanged(Form.AND, offset, mask)
                ? changedUpdate(ContextAccess.of(Form.AND, mask), offset, mask)
                : inner.getAndBitwiseAnd(offset, mask);
    }

    private boolean isChanged(Form form, long offset, long operand) {
        return contexts.contains(offset) && changed.contains(ContextAccess.of(form, operand));
    }
}
