package dev.shootdown.stress;

import dev.shootdown.race.FreeingKind;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Outcome;
import dev.shootdown.race.OwnOutcome;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceDescription;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import dev.shootdown.stress.PlannedConfiguration.CpuShare;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A race as a stress test holds it, in a {@code static final} field called {@code RACE}. This is a whole test:
 *
 * <pre>{@code
 * @JCStressTest
 * @JCStressMeta(SafeRace.class) // or BrokenRace.class
 * @State
 * public class OwnStress {
 *     static final StressRace RACE = StressRace.of(Race.of(…)…).brokenTwin(BrokenOwnStress.class);
 *
 *     private final StressSample sample = RACE.checkout();
 *
 *     @Actor
 *     public void walker() {
 *         sample.walk();
 *     }
 *
 *     @Actor
 *     public void mutator() {
 *         sample.mutate();
 *     }
 *
 *     @Arbiter
 *     public void arbiter(L_Result result) {
 *         result.r1 = sample.finish();
 *     }
 * }
 * }</pre>
 *
 * <p>A race with a third actor has one more, which calls {@link StressSample#serve}; one with several walkers has one for each,
 * which call {@link StressSample#walk(int)}. jcstress runs such a test by itself, and so does the main job, with its gate.
 *
 * <p>What classifiers of the race's own name, jcstress's page calls unknown and forbidden unless the test says otherwise, with
 * an {@code @Outcome} of its own beside {@code @JCStressMeta}. The main job's gate knows their grades by itself.
 *
 * <p>Cheap to build: machines are made when the first sample is taken, which happens in a forked VM only.
 */
public final class StressRace implements StressedClaim {
    private static final Set<FreeingKind> INTERRUPTING = Set.of(
            Freeings.TABLE_ONE_SYNC_IPI,
            Freeings.SYNC_IPI_BEFORE_FLUSH,
            Freeings.DEPOSIT_SYNC_IPI,
            Freeings.REUSE_IN_PLACE_SYNC_IPI);

    private final Race race;
    private final RaceDescription description;
    private final @Nullable Class<?> twin;
    private final int patience;
    private final Set<Compilation> thoroughOnly;
    private volatile @Nullable StressRig rig;

    private StressRace(Race race, @Nullable Class<?> twin, int patience, Set<Compilation> thoroughOnly) {
        this.race = race;
        this.description = race.describe();
        this.twin = twin;
        this.patience = patience;
        this.thoroughOnly = thoroughOnly;
    }

    /**
     * {@return a race whose expected verdict is known}
     *
     * @param race what the test stresses
     * @throws IllegalStateException if neither the race nor the truth table says what must come out
     */
    public static StressRace of(Race race) {
        return new StressRace(race, null, 1, Set.of());
    }

    /**
     * {@return the claim as {@link #of} makes it, but only C1 compiles it, except in thorough runs: for a race much like
     * others, since C1 is soon done and so takes most of a short fork's samples}
     *
     * @param race what the test stresses
     * @throws IllegalStateException as {@link #of}
     */
    public static StressRace inC1(Race race) {
        return new StressRace(race, null, 1, Set.of(Compilation.INTERPRETER, Compilation.C2));
    }

    /**
     * {@return the claim as {@link #of} makes it, but only C2 compiles it, except in thorough runs: for a window so narrow
     * that slower code never meets it}
     *
     * @param race what the test stresses
     * @throws IllegalStateException as {@link #of}
     */
    public static StressRace inC2(Race race) {
        return new StressRace(race, null, 1, Set.of(Compilation.INTERPRETER, Compilation.C1));
    }

    /**
     * Names the test of the same race with one thing wrong. Every safe race needs one.
     *
     * @param test its class
     * @return this race with that twin
     */
    public StressRace brokenTwin(Class<?> test) {
        return new StressRace(race, test, patience, thoroughOnly);
    }

    /**
     * Runs so many times as long as other tests do, because the window is so narrow.
     *
     * @param times at least 1; the same for both tests of a pair, or their counts cannot be compared
     * @return this race with that patience
     */
    public StressRace patience(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("a test runs at least once as long as others, not " + times + " times");
        }
        return new StressRace(race, twin, times, thoroughOnly);
    }

    /** {@return a sample, ready for its actors: what a state's constructor calls} */
    public StressSample checkout() {
        StressRig running = rig;
        return (running == null ? start() : running).checkout();
    }

    private synchronized StressRig start() {
        StressRig running = rig;
        if (running == null) {
            running = new StressRig(race, Meeting.chosen(), cpus());
            rig = running;
            printStatisticsAtExit(running);
        }
        return running;
    }

    private CpuShare cpus() {
        return race.actors() > Runtime.getRuntime().availableProcessors() ? CpuShare.OVERSUBSCRIBED : CpuShare.OWN;
    }

    /** The end of a forked VM is the only moment at which all its samples are over. */
    private static void printStatisticsAtExit(StressRig running) {
        Thread print = new Thread(() -> System.out.println(running.statistics()), "shootdown-statistics");
        Runtime.getRuntime().addShutdownHook(print);
    }

    @Override
    public Optional<Race> explorable() {
        return Optional.of(race);
    }

    @Override
    public RaceDescription description() {
        return description;
    }

    @Override
    public Optional<Class<?>> brokenTwin() {
        return Optional.ofNullable(twin);
    }

    @Override
    public Set<String> requiredOutcomes() {
        if (description.expected() == Verdict.SAFE) {
            return Set.of();
        }
        Set<String> required = ownFailures();
        required.add(race.failure().name());
        return Set.copyOf(required);
    }

    @Override
    public Set<String> forbiddenOutcomes() {
        EnumSet<Outcome> forbidden = EnumSet.range(Outcome.READ_FREED_TABLE, Outcome.ACCESS_FAULT);
        if (description.expected() == Verdict.SAFE) {
            // In a safe race the walker's section is what protects the table: nobody may free it under an open walk.
            forbidden.add(Outcome.NEAR_MISS);
        } else {
            race.possibleFailures().forEach(failure -> forbidden.remove(Outcome.of(failure)));
        }
        Set<String> names = description.expected() == Verdict.SAFE ? ownFailures() : new TreeSet<>();
        forbidden.forEach(each -> names.add(each.name()));
        return Set.copyOf(names);
    }

    private Set<String> ownFailures() {
        return race.ownOutcomes().stream()
                .filter(OwnOutcome::isForbidden)
                .map(OwnOutcome::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Set<String> ownOutcomes() {
        return race.ownOutcomes().stream().map(OwnOutcome::name).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Compilation> thoroughOnly() {
        return thoroughOnly;
    }

    @Override
    public int patience() {
        return patience;
    }

    @Override
    public boolean freesFrames() {
        return race.mutator().freesFrames();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A walker that keeps interrupts on never finds one waiting when it is done: whoever sent it took it in its place.
     */
    @Override
    public boolean expectsInterrupts() {
        boolean sent = race.shootdown() == Shootdowns.S_MODE_IPI || INTERRUPTING.contains(race.freeing());
        return sent && race.walker() == Walkers.FAST_GUP && race.mutator() != Mutators.POPULATE;
    }
}
