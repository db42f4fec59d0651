package dev.shootdown.race;

import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.walk.Recheck;
import dev.shootdown.walk.WalkOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A walker against a mutator, over a shootdown and a free strategy, under a translation mode and conditions.
 *
 * <pre>{@code
 * Race.of(FAST_GUP).against(MUNMAP).shootdown(SBI_RFENCE).freeing(REMOVE_PAGE)
 * }</pre>
 *
 * <p>Immutable. What is left unsaid is {@code MUNMAP}, {@code S_MODE_IPI}, {@code REMOVE_PAGE}, {@code SV39} and {@link
 * RaceConditions#DEFAULT}: so {@code Race.of(FAST_GUP)} is a race that can be run. A combination that cannot be, or a part whose
 * {@link Named#name() name} is not like those of the built-in ones, throws {@link IllegalArgumentException} as soon as it is
 * asked for.
 *
 * <p>Every part may be one of your own. An engine makes the parts anew for each machine, on which each actor runs once: under
 * stress on threads of the host, many machines at a time; explored on threads of which one runs at a time, the same steps again
 * and again. For that, what two harts share must be words of the machine ({@link dev.shootdown.memory.Words}): the engines set
 * these back, and nothing else. A part must not keep anything from one run to the next on the heap or elsewhere, ask the time,
 * draw random numbers, sleep or spin; it waits with {@code Words.await} or with what waits for it ({@code Hart}, {@code Ipi},
 * {@code Rcu}). What it throws ends the exploration or the stress run, with itself as the cause.
 *
 * @param walker who walks
 * @param mutator who changes the tables
 * @param shootdown how other harts are told
 * @param freeing how tables are freed
 * @param satp the translation mode
 * @param conditions under which it takes place
 * @param classifiers outcomes of its own, usually none
 * @param stated what must come out where the truth table does not say; else null
 */
public record Race(
        WalkerKind walker,
        MutatorKind mutator,
        ShootdownKind shootdown,
        FreeingKind freeing,
        SatpMode satp,
        RaceConditions conditions,
        List<OutcomeClassifier> classifiers,
        @Nullable Expectation stated) {

    /** The system property that names the directory for failing executions: {@code target/shootdown} unless set. */
    public static final String WITNESSES_PROPERTY = "shootdown.witnesses";

    private static final Duration LONGEST_STRESS = Duration.ofDays(1);

    /**
     * Checks the combination.
     *
     * @throws IllegalArgumentException as the class comment says
     */
    public Race {
        classifiers = List.copyOf(classifiers);
        NameRule.check("walker", walker);
        NameRule.check("mutator", mutator);
        NameRule.check("shootdown", shootdown);
        NameRule.check("free strategy", freeing);
        NameRule.checkAll(classifiers);
        if (!conditions.victim().isFreeableUnder(satp)) {
            throw new IllegalArgumentException("no " + conditions.victim() + " table can be freed under " + satp
                    + ": its root is the " + TableLevel.of(satp.rootLevel()) + " level, choose a lower one");
        }
        checkWalkers(mutator, conditions);
        checkThirdActor(mutator, shootdown, conditions.thirdActor());
        mutator.ownActor().ifPresent(actor -> NameRule.check("third actor", actor));
        checkPresence(shootdown, conditions.presence());
        if (walker == Walkers.HARDWARE && conditions.recheck() != Recheck.PMD_AND_PTE) {
            throw new IllegalArgumentException("HARDWARE takes no reference and has no re-check; leave it as it is");
        }
    }

    /**
     * A race without classifiers of its own.
     *
     * @param walker who walks
     * @param mutator who changes the tables
     * @param shootdown how other harts are told
     * @param freeing how tables are freed
     * @param satp the translation mode
     * @param conditions under which it takes place
     * @param stated what must come out where the truth table does not say; else null
     */
    public Race(
            WalkerKind walker,
            MutatorKind mutator,
            ShootdownKind shootdown,
            FreeingKind freeing,
            SatpMode satp,
            RaceConditions conditions,
            @Nullable Expectation stated) {
        this(walker, mutator, shootdown, freeing, satp, conditions, List.of(), stated);
    }

    private static void checkWalkers(MutatorKind mutator, RaceConditions conditions) {
        boolean several = conditions.walkers() > 1;
        if (several && (mutator != Mutators.MUNMAP || conditions.thirdActor() != ThirdActor.NONE)) {
            throw new IllegalArgumentException("several walkers race with MUNMAP and no third actor, not with "
                    + mutator.name() + " and " + conditions.thirdActor());
        }
    }

    private static void checkThirdActor(MutatorKind mutator, ShootdownKind shootdown, ThirdActor third) {
        if (third == ThirdActor.FIRMWARE
                && shootdown != Shootdowns.SBI_RFENCE
                && shootdown != Shootdowns.SBI_RFENCE_POSTED) {
            throw new IllegalArgumentException(
                    "firmware serves SBI_RFENCE and SBI_RFENCE_POSTED requests, not " + shootdown.name());
        }
        if (third == ThirdActor.OWN && mutator.ownActor().isEmpty()) {
            throw new IllegalArgumentException(mutator.name() + " brings no third actor of its own");
        }
        if (third == ThirdActor.INTERRUPTED_HART
                && (shootdown != Shootdowns.S_MODE_IPI || mutator == Mutators.POPULATE)) {
            throw new IllegalArgumentException("a hart is interrupted by an S_MODE_IPI flush only, not by "
                    + mutator.name() + " over " + shootdown.name());
        }
    }

    private static void checkPresence(ShootdownKind shootdown, WalkerPresence presence) {
        if (presence == WalkerPresence.LAZY && shootdown == Shootdowns.PARAVIRTUAL) {
            throw new IllegalArgumentException("PARAVIRTUAL skips harts that are DESCHEDULED, not LAZY ones");
        }
        if (presence == WalkerPresence.DESCHEDULED && shootdown == Shootdowns.LAZY_SKIP) {
            throw new IllegalArgumentException("LAZY_SKIP skips harts that are LAZY, not DESCHEDULED ones");
        }
    }

    /**
     * {@return a race of this walker; the rest as the class comment says, until told otherwise}
     *
     * @param walker one of {@link Walkers} or your own
     */
    public static Race of(WalkerKind walker) {
        return new Race(
                walker,
                Mutators.MUNMAP,
                Shootdowns.S_MODE_IPI,
                Freeings.REMOVE_PAGE,
                SatpMode.SV39,
                RaceConditions.DEFAULT,
                null);
    }

    /**
     * Names who changes the tables.
     *
     * @param change one of {@link Mutators} or your own
     * @return the changed race
     */
    public Race against(MutatorKind change) {
        return new Race(walker, change, shootdown, freeing, satp, conditions, classifiers, stated);
    }

    /**
     * Names how other harts are told.
     *
     * @param change one of {@link Shootdowns} or your own
     * @return the changed race
     */
    public Race shootdown(ShootdownKind change) {
        return new Race(walker, mutator, change, freeing, satp, conditions, classifiers, stated);
    }

    /**
     * Names how tables are freed.
     *
     * @param change one of {@link Freeings} or your own
     * @return the changed race
     */
    public Race freeing(FreeingKind change) {
        return new Race(walker, mutator, shootdown, change, satp, conditions, classifiers, stated);
    }

    /**
     * Names the translation mode.
     *
     * @param change Sv39, Sv48 or Sv57
     * @return the changed race
     */
    public Race satp(SatpMode change) {
        return new Race(walker, mutator, shootdown, freeing, change, conditions, classifiers, stated);
    }

    /**
     * Names the table of a level as the highest that goes.
     *
     * @param level below the root of the translation mode
     * @return the changed race
     */
    public Race victim(TableLevel level) {
        return where(conditions -> conditions.withVictim(level));
    }

    /**
     * Sets how many harts take part: all but one walk, each to a page of its own.
     *
     * @param count 2 to 5
     * @return the changed race
     */
    public Race harts(int count) {
        if (count < 2 || count > RaceConditions.MAX_WALKERS + 1) {
            throw new IllegalArgumentException(
                    "harts must be 2.." + (RaceConditions.MAX_WALKERS + 1) + ", one of which unmaps, not " + count);
        }
        return where(conditions -> conditions.withWalkers(count - 1));
    }

    /**
     * Sets how large tables are.
     *
     * @param shape the architecture's, or the compact one of eight entries a table
     * @return the changed race
     */
    public Race shape(TableShape shape) {
        return where(conditions -> conditions.withShape(shape));
    }

    /**
     * Changes the conditions.
     *
     * @param change makes the new conditions of the old ones
     * @return the changed race
     */
    public Race where(UnaryOperator<RaceConditions> change) {
        return new Race(walker, mutator, shootdown, freeing, satp, change.apply(conditions), classifiers, stated);
    }

    /**
     * States what must come out, for a race that {@link TruthTable} does not know.
     *
     * @param expectation with reason and source
     * @return the changed race
     */
    public Race expecting(Expectation expectation) {
        return new Race(walker, mutator, shootdown, freeing, satp, conditions, classifiers, expectation);
    }

    /**
     * Adds a requirement of your own.
     *
     * @param check looked at when all actors are done
     * @return the changed race
     */
    public Race checking(RaceCheck check) {
        return classifying(check);
    }

    /**
     * Adds outcomes of your own.
     *
     * @param classifier looks at each sample or execution when all actors are done
     * @return the changed race
     */
    public Race classifying(OutcomeClassifier classifier) {
        List<OutcomeClassifier> all = new ArrayList<>(classifiers);
        all.add(classifier);
        return new Race(walker, mutator, shootdown, freeing, satp, conditions, all, stated);
    }

    /**
     * {@return {@code walker/mutator/shootdown/freeing/satp}, then {@code name=value} for every condition that is not
     * the default and every classifier}
     */
    public String id() {
        StringBuilder id = new StringBuilder(String.join(
                "/",
                walker.kebabName(),
                mutator.kebabName(),
                shootdown.kebabName(),
                freeing.kebabName(),
                satp.name().toLowerCase(Locale.ROOT)));
        conditions
                .notable()
                .forEach(
                        (name, value) -> id.append('/').append(name).append('=').append(value));
        classifiers.forEach(each -> id.append("/classifier=").append(each.kebabName()));
        return id.toString();
    }

    /**
     * {@return the race with that id: the inverse of {@link #id()}, for races of built-in parts and those that
     * {@link KnownRaces} has}
     *
     * @param id as {@link #id()} writes it
     * @throws IllegalArgumentException if there is none; the message names the part, what was given, the nearest valid name
     *     and all valid ones
     */
    public static Race parse(String id) {
        Optional<Race> collected = KnownRaces.collected(id);
        try {
            Race composed = RaceId.parse(id);
            return composed.expectation().isPresent() ? composed : collected.orElse(composed);
        } catch (IllegalArgumentException unknown) {
            return collected.orElseThrow(() -> unknown);
        }
    }

    /** {@return what must come out: as stated, else as {@link TruthTable} says} */
    public Optional<Expectation> expectation() {
        return stated == null ? TruthTable.lookUp(this) : Optional.of(stated);
    }

    /** {@return the outcome by which a failure of this race shows} */
    public WalkOutcome failure() {
        WalkOutcome ofMutator = mutator.failure(conditions);
        return switch (ofMutator) {
            case READ_FREED_TABLE, READ_RECYCLED_TABLE -> freeing.failure(walker, ofMutator);
            case PINNED,
                    NOT_PRESENT,
                    RETRY,
                    FOUND,
                    TRANSLATED,
                    PAGE_FAULT,
                    PINNED_FOREIGN_PAGE,
                    READ_UNINITIALISED_TABLE,
                    WROTE_FREED_TABLE,
                    USED_STALE_TRANSLATION,
                    ACCESS_FAULT -> walker.failure(ofMutator);
        };
    }

    /** {@return the forbidden outcomes by which a failure of this race may show; any other is another failure} */
    public Set<WalkOutcome> possibleFailures() {
        Set<WalkOutcome> failures = EnumSet.of(failure());
        failures.addAll(mutator.possibleFailures(conditions));
        return walker.possibleFailures(Set.copyOf(failures));
    }

    /** {@return all outcomes that its classifiers may name} */
    public List<OwnOutcome> ownOutcomes() {
        return classifiers.stream().flatMap(each -> each.outcomes().stream()).toList();
    }

    /** {@return how many actors take part: walkers, mutator and perhaps a third} */
    public int actors() {
        return conditions.walkers() + (conditions.thirdActor() == ThirdActor.NONE ? 1 : 2);
    }

    /** {@return the third actor that the mutator's kind brings along, if it takes part} */
    public Optional<OwnActor> ownActor() {
        return conditions.thirdActor() == ThirdActor.OWN ? mutator.ownActor() : Optional.empty();
    }

    /**
     * {@return this race in words}
     *
     * @throws IllegalStateException if nothing says what must come out
     */
    public RaceDescription describe() {
        Expectation expectation = expectation()
                .orElseThrow(() -> new IllegalStateException(
                        "the truth table does not know " + id() + "; say what must come out with expecting(...)"));
        return new RaceDescription(
                id(),
                walker.name(),
                mutator.name(),
                shootdown.name(),
                freeing.name(),
                satp.name(),
                conditions.notable(),
                expectation.verdict(),
                expectation.failsFrom(),
                expectation.reason(),
                expectation.source(),
                TruthTable.protection(this).orElse(null));
    }

    /**
     * Runs every interleaving under every memory model.
     *
     * @return the verdict, and a failing execution if there is one
     * @throws IllegalStateException if harts can come to wait for each other for ever, or an actor or classifier threw
     */
    public Explored explore() {
        return explore(MemoryModel.values());
    }

    /**
     * Runs every interleaving under the memory models given, in that order.
     *
     * @param models at least one
     * @return the verdicts, and a failing execution if there is one
     * @throws IllegalStateException as {@link #explore()}
     */
    public Explored explore(MemoryModel... models) {
        if (models.length == 0) {
            throw new IllegalArgumentException(
                    "name a memory model at least; there are " + Arrays.toString(MemoryModel.values()));
        }
        ExploringEngine engine = RaceEngines.exploring();
        return new Explored(
                this,
                Arrays.stream(models).map(model -> engine.explore(this, model)).toList());
    }

    /**
     * Runs the race again and again, each actor on a thread of the host. If the calling thread is interrupted the run ends
     * early: the result is of what has been run until then, and the thread's interrupt status stays set.
     *
     * @param duration for how long, more than zero and a day at most; a second is tens of thousands of samples
     * @return what was counted, and the verdict
     * @throws IllegalStateException if an actor or classifier threw, or an actor did not come to an end
     */
    public Stressed stress(Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST_STRESS) > 0) {
            throw new IllegalArgumentException(
                    "a race is stressed for more than no time and for a day at most, not for " + duration);
        }
        return RaceEngines.stressing().stress(this, duration);
    }

    /**
     * Passes if no interleaving fails, under any memory model.
     *
     * @return this race
     * @throws AssertionError if one fails, or a bound was hit. The message is the timeline of a shortest failing execution, and how
     *     to replay it from the file that it was written to, in the directory that {@value #WITNESSES_PROPERTY} names.
     * @throws IllegalStateException as {@link #explore()}
     */
    public Race assertSafe() {
        return assertSafe(MemoryModel.values());
    }

    /**
     * Asserts as {@link #assertSafe()} does, under the memory models given.
     *
     * @param models at least one
     * @return this race
     */
    public Race assertSafe(MemoryModel... models) {
        for (MemoryModel model : models) {
            new RaceAssertion(this).safe(explore(model).models());
        }
        return this;
    }

    /**
     * Passes if some interleaving fails, under one memory model at least: the broken twin of a safe race.
     *
     * @return this race
     * @throws AssertionError if none does
     * @throws IllegalStateException as {@link #explore()}
     */
    public Race assertUnsafe() {
        return assertUnsafe(MemoryModel.values());
    }

    /**
     * Asserts as {@link #assertUnsafe()} does, under the memory models given.
     *
     * @param models at least one
     * @return this race
     */
    public Race assertUnsafe(MemoryModel... models) {
        new RaceAssertion(this).unsafe(explore(models).models());
        return this;
    }

    /**
     * Runs an execution again that a failed assertion of this race wrote down.
     *
     * @param witness the file that the failed assertion named
     * @return its timeline
     * @throws RuntimeException if the file is not of this race, or does not come out as it did
     */
    public String replay(Path witness) {
        return RaceEngines.exploring().replay(this, witness);
    }
}
