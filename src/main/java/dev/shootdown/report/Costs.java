package dev.shootdown.report;

import dev.shootdown.report.VerdictsDocument.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part {@code costs} of the file {@code bench.json}, which {@code mvn verify -Pbench} writes: what strategies cost over
 * dispatchers. It says nothing about safety: the walkers walk to pages of tables that stay.
 *
 * @param environment the machine
 * @param measured when
 * @param cells an entry for each strategy, dispatcher and number of walkers
 */
public record Costs(Environment environment, Instant measured, List<Cost> cells) {
    /** The name of the file. */
    public static final String FILE = "bench.json";

    private static final String PART = "costs";

    /** Copies the list. */
    public Costs {
        cells = List.copyOf(cells);
    }

    /**
     * A strategy over a dispatcher, while so many harts walk and one maps a page and unmaps it with its table, again and again.
     * All numbers but the first are of one operation: one such unmapping, or one walk.
     *
     * @param freeing name of the strategy
     * @param shootdown name of the dispatcher
     * @param walkers harts that walk without a pause, interrupts off in each walk
     * @param oversubscribed whether these and the freer have more threads than the machine has processors: then waiting for a
     *     hart may be waiting for a thread that is not running
     * @param operations unmappings that were counted
     * @param interrupts S-mode interrupts taken, by their targets or in their place: as many as were sent, since each is waited for
     * @param machineModeFences fences that firmware did in M-mode
     * @param hartsWaitedFor waits of the freer for another hart that was not over at once
     * @param freerNanos how long unmapping took, until it returned
     * @param untilFreedNanos how long it took until the memory was free: the same, or a grace period more
     * @param walkNanos how long a walk took meanwhile, with its pin and unpin
     * @param idleWalkNanos how long it takes while nobody unmaps
     */
    public record Cost(
            String freeing,
            String shootdown,
            int walkers,
            boolean oversubscribed,
            long operations,
            double interrupts,
            double machineModeFences,
            double hartsWaitedFor,
            double freerNanos,
            double untilFreedNanos,
            double walkNanos,
            double idleWalkNanos) {
        /** {@return how many times as long a walk takes beside the freer} */
        public double slowdown() {
            return walkNanos / idleWalkNanos;
        }
    }

    /**
     * {@return the costs in a file; empty if it is not there, or has none that can be read}
     *
     * @param file a {@code bench.json}
     */
    public static Optional<Costs> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonMapper mapper = JsonMapper.shared();
            Costs costs =
                    mapper.treeToValue(mapper.readTree(Files.readString(file)).path(PART), Costs.class);
            return Optional.ofNullable(costs).filter(each -> Missing.in(each).isEmpty());
        } catch (JacksonException | IOException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return what a strategy costs over a dispatcher: an entry for each number of walkers, fewest first}
     *
     * @param freeing name of the strategy
     * @param shootdown name of the dispatcher
     */
    public List<Cost> of(String freeing, String shootdown) {
        return cells.stream()
                .filter(cell ->
                        cell.freeing().equals(freeing) && cell.shootdown().equals(shootdown))
                .sorted((one, other) -> Integer.compare(one.walkers(), other.walkers()))
                .toList();
    }
}
