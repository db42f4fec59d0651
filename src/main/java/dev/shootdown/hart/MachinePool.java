package dev.shootdown.hart;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.OffHeapWords;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Machines that are used for an instant and set back by copying a template image over them.
 *
 * <p>Each thread has a shelf of its own, last in, first out; a machine may be given back by another thread than took it.
 * Taking one allocates only when the shelf is empty. Every lease counts: {@link #outstanding()} is zero when all came
 * back, and giving one back twice throws.
 *
 * @param <T> what is wired around a machine: address space, walker, mutator
 */
public final class MachinePool<T> {
    private final MachineSpec spec;
    private final Function<Machine, T> wiring;
    private final ImageLayout layout;
    private final OffHeapWords template;
    private final List<Shelf<T>> shelves = new ArrayList<>();
    private final ThreadLocal<Shelf<T>> shelf = ThreadLocal.withInitial(this::newShelf);

    /**
     * A pool of machines of one description.
     *
     * @param spec the description
     * @param wiring builds what stands around a machine; must build the same for every machine
     * @param prepare runs once, on the machine that becomes the template: maps pages, sets masks
     */
    public MachinePool(MachineSpec spec, Function<Machine, T> wiring, Consumer<T> prepare) {
        this.spec = spec;
        this.wiring = wiring;
        this.layout = spec.layout();
        this.template = new OffHeapWords(layout, spec.waitBound());
        Machine first = Machine.boot(spec, layout, template);
        prepare.accept(wiring.apply(first));
    }

    /** {@return a machine as the template has it} */
    public Lease<T> checkout() {
        Shelf<T> own = shelf.get();
        Lease<T> lease = own.stack.isEmpty() ? newLease() : own.stack.removeLast();
        lease.take();
        own.taken++;
        return lease;
    }

    /**
     * Takes a machine back. No hart may be running on it.
     *
     * @param lease from {@link #checkout}; the calling thread gets it first when it next takes one
     * @throws IllegalStateException if it was given back already
     */
    public void giveBack(Lease<T> lease) {
        lease.giveBack();
        Shelf<T> own = shelf.get();
        own.returned++;
        own.stack.addLast(lease);
    }

    /** {@return how many leases were not yet given back} Exact only while no other thread takes or gives. */
    public long outstanding() {
        synchronized (shelves) {
            return shelves.stream()
                    .mapToLong(each -> each.taken - each.returned)
                    .sum();
        }
    }

    /** {@return how many machines were ever made} */
    public int machines() {
        synchronized (shelves) {
            return shelves.stream().mapToInt(each -> each.made).sum();
        }
    }

    private Lease<T> newLease() {
        shelf.get().made++;
        OffHeapWords image = template.copy();
        Machine machine = Machine.attach(spec, layout, image);
        return new Lease<>(template, image, wiring.apply(machine));
    }

    private Shelf<T> newShelf() {
        Shelf<T> fresh = new Shelf<>();
        synchronized (shelves) {
            shelves.add(fresh);
        }
        return fresh;
    }

    private static final class Shelf<T> {
        final ArrayList<Lease<T>> stack = new ArrayList<>();
        long taken;
        long returned;
        int made;
    }

    /**
     * A machine taken from the pool, with what is wired around it.
     *
     * @param <T> what is wired around it
     */
    public static final class Lease<T> {
        private final OffHeapWords template;
        private final OffHeapWords image;
        private final T value;
        private boolean out;

        Lease(OffHeapWords template, OffHeapWords image, T value) {
            this.template = template;
            this.image = image;
            this.value = value;
        }

        /** {@return what the pool's wiring built} */
        public T value() {
            return value;
        }

        void take() {
            out = true;
            image.copyFrom(template);
        }

        void giveBack() {
            if (!out) {
                throw new IllegalStateException("this machine was given back already: " + value);
            }
            out = false;
        }
    }
}
