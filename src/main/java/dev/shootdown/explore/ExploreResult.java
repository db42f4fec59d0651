package dev.shootdown.explore;

import java.util.Optional;
import java.util.function.Supplier;

/** What came of exploring something under one memory model: an exploration, or the reason why there is none. */
public sealed interface ExploreResult {
    /**
     * It ran to its end, or to a bound.
     *
     * @param found what it came to
     */
    record Finished(Exploration found) implements ExploreResult {}

    /**
     * It stopped where harts wait for each other for ever.
     *
     * @param why who waits for whom
     */
    record Deadlocked(String why) implements ExploreResult {}

    /**
     * Something threw.
     *
     * @param why what was thrown
     */
    record Broken(String why) implements ExploreResult {}

    /**
     * The engine would not begin.
     *
     * @param why what the race or program lacks
     */
    record Refused(String why) implements ExploreResult {}

    /**
     * Explores, and turns whatever is thrown into a result: one race that breaks must not take the others with it.
     *
     * @param exploring does the exploring
     * @return the result, whatever happened
     */
    static ExploreResult of(Supplier<Exploration> exploring) {
        try {
            return new Finished(exploring.get());
        } catch (DeadlockFound e) {
            return new Deadlocked(e.summary());
        } catch (ActorThrew e) {
            return new Broken(e.summary());
        } catch (IllegalArgumentException e) {
            return new Refused(messageOf(e));
        } catch (RuntimeException | Error e) {
            return new Broken(withCause(e));
        }
    }

    private static String withCause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? messageOf(thrown) : messageOf(thrown) + ": " + cause;
    }

    private static String messageOf(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }

    /** {@return the exploration, if there is one} */
    default Optional<Exploration> exploration() {
        return this instanceof Finished(Exploration found) ? Optional.of(found) : Optional.empty();
    }

    /** {@return why there is no exploration; empty if there is one} */
    default Optional<String> message() {
        return switch (this) {
            case Finished _ -> Optional.empty();
            case Deadlocked(String why) -> Optional.of(why);
            case Broken(String why) -> Optional.of(why);
            case Refused(String why) -> Optional.of(why);
        };
    }

    /** {@return the result in a word} */
    default ExploreVerdict verdict() {
        return switch (this) {
            case Finished(Exploration found) ->
                switch (found.verdict()) {
                    case SAFE -> ExploreVerdict.SAFE;
                    case UNSAFE -> ExploreVerdict.UNSAFE;
                    case INCONCLUSIVE -> ExploreVerdict.INCONCLUSIVE;
                };
            case Deadlocked _ -> ExploreVerdict.DEADLOCK;
            case Broken _ -> ExploreVerdict.ERROR;
            case Refused _ -> ExploreVerdict.NOT_RUN;
        };
    }
}
