package dev.shootdown.bench;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Exploration;
import dev.shootdown.explore.Explorer;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How fast a race is explored, once the compiler is done with the explorer.
 *
 * @param executions of one exploration, complete and pruned ones
 * @param perSecond the median over the rounds
 */
record ExplorerRate(String race, MemoryModel model, long executions, double perSecond, long millis) {
    /** By time, not by rounds: a race of few executions takes thousands of rounds until it is compiled. */
    private static final Duration WARM_UP = Duration.ofSeconds(8);

    private static final int ROUNDS = 21;

    /**
     * Of a walker, the two-hart race with the most executions that frees tables: the rate of one core while all are at it, as in a
     * run. (A single exploration on a machine of several cores has its virtual threads wander between them, at twice the cost.)
     */
    static ExplorerRate ofTwoHarts(Walkers walker, MemoryModel model) {
        Race race = Race.of(walker).shootdown(Shootdowns.S_MODE_IPI).freeing(Freeings.TABLE_ONE_SYNC_IPI);
        int cores = Runtime.getRuntime().availableProcessors();
        double[] rates = new double[ROUNDS];
        long executions = 0;
        long warm = System.nanoTime() + WARM_UP.toNanos();
        for (int round = 0; round < ROUNDS; ) {
            long before = System.nanoTime();
            Exploration exploration = IntStream.range(0, cores)
                    .parallel()
                    .mapToObj(core -> new Explorer(Bounds.DEFAULT).explore(race, model))
                    .reduce((first, second) -> first)
                    .orElseThrow();
            executions = exploration.executions() + exploration.pruned();
            if (before > warm) {
                rates[round++] = executions * 1e9 / (System.nanoTime() - before);
            }
        }
        Arrays.sort(rates);
        return new ExplorerRate(
                race.id(), model, executions, rates[ROUNDS / 2], (long) (executions * 1e3 / rates[ROUNDS / 2]));
    }

    /** Four walkers and one freer, once, on as many threads as there are processors. */
    static ExplorerRate ofFiveHarts() {
        Race race = Race.of(Walkers.FAST_GUP)
                .shootdown(Shootdowns.SBI_RFENCE)
                .freeing(Freeings.REMOVE_TABLE)
                .harts(5);
        int workers = Runtime.getRuntime().availableProcessors();
        Exploration exploration = new Explorer(Bounds.DEFAULT, workers).explore(race, MemoryModel.SC);
        long executions = exploration.executions() + exploration.pruned();
        return new ExplorerRate(
                race.id(), MemoryModel.SC, executions, executions * 1e3 / exploration.millis(), exploration.millis());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-75s %-4s %,10d executions in %,8d ms, %,9.0f/s",
                race,
                model,
                executions,
                millis,
                perSecond);
    }
}
