package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One walk through the tree of a program's executions, under one memory model and one way of searching. */
final class Pass implements Scheduler.Decisions, ExploredWords.Steps {
    private final Program program;
    private final MemoryModel model;
    private final Bounds bounds;
    private final Budget budget;
    private final int harts;
    private final Events events;
    private final Pending[] pending;
    private final MemorySystem memory;
    private final Search search;
    private final Scheduler scheduler;
    private final ExploredWords words;
    private final Set<String> outcomes = new HashSet<>();
    private final Tally tally = new Tally();
    private Program.Actors actors;
    /** Harts whose pending access may have to wait, a bit each. */
    private int mayBlock;

    private @Nullable Recorder recorder;
    private boolean stuck;
    private boolean pruned;

    /** What a pass counted and found. */
    static final class Tally {
        long executions;
        long prunedExecutions;
        long steps;
        boolean boundHit;

        @Nullable
        Schedule shortest;

        @Nullable
        Schedule deadlock;

        @Nullable
        Schedule thrower;

        @Nullable
        Throwable error;

        void add(Tally other) {
            executions += other.executions;
            prunedExecutions += other.prunedExecutions;
            steps += other.steps;
            boundHit |= other.boundHit;
            Schedule found = other.shortest;
            Schedule best = shortest;
            if (found != null && (best == null || found.isShorterThan(best))) {
                shortest = found;
            }
            deadlock = deadlock == null ? other.deadlock : deadlock;
            if (error == null) {
                error = other.error;
                thrower = other.thrower;
            }
        }
    }

    Pass(Program program, MemoryModel model, BiFunction<Events, MemorySystem, Search> searches, Bounds bounds) {
        this(program, model, searches, bounds, new Budget(bounds));
    }

    /** A pass that shares its executions with others. */
    Pass(
            Program program,
            MemoryModel model,
            BiFunction<Events, MemorySystem, Search> searches,
            Bounds bounds,
            Budget budget) {
        this.program = program;
        this.model = model;
        this.bounds = bounds;
        this.budget = budget;
        this.harts = program.harts();
        this.pending = new Pending[harts];
        Arrays.setAll(pending, hart -> new Pending());
        long[] image = new long[(int) (program.layout().bytes() / Long.BYTES)];
        this.events = new Events(model == MemoryModel.TSO ? 2 * harts : harts);
        this.scheduler = new Scheduler(harts, this);
        this.words = new ExploredWords(image, this);
        program.prepare(words);
        this.memory = memoryOf(image);
        this.search = searches.apply(events, memory);
        this.actors = program.attach(words);
    }

    private MemorySystem memoryOf(long[] image) {
        return switch (model) {
            case SC -> new SequentialMemory(events, pending, image);
            case TSO -> new StoreBufferMemory(events, pending, image);
            case WEAK -> new WeakMemory(events, pending, image);
        };
    }

    /** Runs every execution that the search asks for. */
    Tally run() {
        begin();
        scheduler.runAll();
        return tally;
    }

    /** Runs the only execution that the search asks for, and writes it down. */
    Recording record() {
        Recorder writes = new Recorder(events, memory);
        recorder = writes;
        run();
        Recording recording = new Recording(
                program.name(),
                model,
                harts,
                program.layout(),
                schedule(),
                writes.steps(),
                writes.waits(),
                actors.outcome(),
                ending());
        Throwable error = tally.error;
        if (error != null) {
            throw new ActorThrew(recording, error, program.tell(recording));
        }
        return recording;
    }

    private Recording.Ending ending() {
        if (tally.error != null) {
            return Recording.Ending.THREW;
        }
        if (stuck) {
            return Recording.Ending.DEADLOCK;
        }
        return hasFailed() ? Recording.Ending.FAILED : Recording.Ending.HELD;
    }

    private boolean hasFailed() {
        return events.hasMetForbidden() || actors.isFailure();
    }

    /** What executions came to. */
    Set<String> outcomes() {
        return outcomes;
    }

    Tally tally() {
        return tally;
    }

    MemorySystem memory() {
        return memory;
    }

    private void begin() {
        mayBlock = 0;
        stuck = false;
        pruned = false;
        for (Pending each : pending) {
            each.begin();
        }
    }

    // ---- Steps.

    @Override
    public boolean isExecuting() {
        return scheduler.isExecuting();
    }

    @Override
    public MemorySystem.WaitingUpdate waitingUpdate() {
        return memory.waitingUpdate();
    }

    @Override
    public Pending pending() {
        return pending[scheduler.hart()];
    }

    @Override
    public long step() {
        int hart = scheduler.hart();
        if (!events.isReplaying() || events.process[events.length()] != hart) {
            int bit = 1 << hart;
            mayBlock = memory.mayBlock(pending[hart]) ? mayBlock | bit : mayBlock & ~bit;
            scheduler.awaitGrant(hart);
        }
        return granted(hart);
    }

    private long granted(int hart) {
        if (events.isReplaying()) {
            return replayed(hart);
        }
        Pending next = pending[hart];
        long result = memory.step(hart, search.choice());
        int step = events.length() - 1;
        events.judge(step, events.access[step].loads && isForbidden(hart, next.word));
        search.stepped(step);
        if (recorder != null) {
            recorder.stepped(step);
        }
        return result;
    }

    private boolean isForbidden(int hart, int word) {
        return actors.isForbiddenAccess(hart, (long) word << 3, offset -> memory.memory[(int) (offset >> 3)]);
    }

    private long replayed(int hart) {
        int step = events.replay();
        Pending next = pending[hart];
        boolean isSame = events.process[step] == hart
                && events.word[step] == next.word
                && next.comesTo(events.access[step], events.before[step], events.after[step]);
        if (!isSame) {
            throw new ReplayDiverged(divergence(step) + ", is now " + next + " by hart " + hart);
        }
        return events.before[step];
    }

    private String divergence(int step) {
        String values = events.word[step] == Pending.NO_WORD
                ? ""
                : ", from 0x" + Long.toHexString(events.before[step]) + " to 0x" + Long.toHexString(events.after[step]);
        return "step " + (step + 1) + " of " + program.name() + " was " + events.access[step] + " of word "
                + events.word[step] + " by process " + events.process[step] + values;
    }

    @Override
    public int next() {
        for (; ; ) {
            int process = events.isReplaying() ? replayedNext() : decide();
            if (process < harts) {
                return process;
            }
            drain(process);
        }
    }

    private int replayedNext() {
        int process = events.process[events.length()];
        if (process < harts && (scheduler.unfinished() >> process & 1) == 0) {
            throw new ReplayDiverged(divergence(events.length()) + ", but that hart has ended before it now");
        }
        return process;
    }

    private void drain(int process) {
        if (events.isReplaying()) {
            events.replay();
        } else {
            memory.step(process, search.choice());
            int step = events.length() - 1;
            events.judge(step, false);
            search.stepped(step);
            if (recorder != null) {
                recorder.drained(step);
            }
        }
    }

    private int decide() {
        if (events.length() >= bounds.steps()) {
            tally.boundHit = true;
            pruned = true;
            return Search.PRUNE;
        }
        int enabled = enabled();
        if (enabled == 0) {
            search.ended();
            stuck = scheduler.unfinished() != 0;
            return Search.PRUNE;
        }
        int process = search.choose(enabled);
        pruned = process == Search.PRUNE;
        events.decide(enabled, search.choice());
        return process;
    }

    private int enabled() {
        int enabled = scheduler.unfinished();
        for (int left = enabled & mayBlock; left != 0; left &= left - 1) {
            int hart = Integer.numberOfTrailingZeros(left);
            if (!memory.canStep(hart)) {
                enabled &= ~(1 << hart);
                noteWait(hart);
            }
        }
        return enabled | memory.drainable();
    }

    private void noteWait(int hart) {
        Pending next = pending[hart];
        if (recorder != null && next.awaits() && !next.isSatisfiedBy(memory.visibleTo(hart, next.word))) {
            recorder.waits(hart, pending[hart]);
        }
    }

    @Override
    public void run(int hart) {
        granted(hart);
        actors.run(hart);
    }

    // ---- Executions.

    @Override
    public boolean executionEnds(@Nullable Throwable failure) {
        tally.steps += events.length();
        tally.error = failure;
        tally.thrower = failure == null ? null : schedule();
        tally.deadlock = stuck ? schedule() : null;
        if (failure != null || stuck) {
            return false;
        }
        if (pruned) {
            tally.prunedExecutions++;
            actors = program.attach(words);
        } else {
            complete();
        }
        if (!budget.spend()) {
            tally.boundHit = true;
            return false;
        }
        return goBack(search.advance());
    }

    private boolean goBack(int kept) {
        if (kept < 0) {
            return false;
        }
        for (int step = events.length() - 1; step >= kept; step--) {
            memory.undo(step);
            events.takeBack(step);
        }
        events.restart(kept);
        begin();
        return true;
    }

    private void complete() {
        tally.executions++;
        outcomes.add(actors.outcome());
        checkOracles();
        if (hasFailed()) {
            Schedule found = schedule();
            Schedule shortest = tally.shortest;
            if (shortest == null || found.isShorterThan(shortest)) {
                tally.shortest = found;
            }
        }
    }

    /** Who says that it met freed memory has met some, by the frame's state. */
    private void checkOracles() {
        int told = actors.toldOfFreedMemory();
        int unexplained = told == 0 ? 0 : told & ~events.whoMetForbidden();
        if (unexplained != 0) {
            throw new IllegalStateException(
                    "hart " + Integer.numberOfTrailingZeros(unexplained) + " of " + program.name()
                            + " told of freed memory, and all came to " + actors.outcome()
                            + ", but no access of that hart was to memory that was free then");
        }
    }

    private Schedule schedule() {
        int[] decisions = new int[events.length()];
        int preemptions = 0;
        for (int step = 0; step < decisions.length; step++) {
            decisions[step] = Schedule.decision(events.process[step], events.choice[step]);
            preemptions += events.preempts(step, events.process[step], harts);
        }
        int violation = events.hasMetForbidden() ? events.firstForbidden() + 1 : events.length();
        return new Schedule(decisions, preemptions, violation, actors.outcome());
    }
}
