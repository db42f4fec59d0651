package dev.shootdown.cli;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.KnownRaces;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Named;
import dev.shootdown.race.NearestName;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.PlanException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds enum constants by the names that users write: as in the code or in kebab case, large or small. */
final class Names {
    private Names() {}

    /**
     * The constant that was meant.
     *
     * @throws PlanException if there is none; the message names the nearest and all valid ones
     */
    static <E extends Enum<E>> E find(String what, String given, E[] values) {
        String wanted = given.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values)
                .filter(value -> kebab(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> unknown(what, given, wanted, all(values)));
    }

    /**
     * The name that was meant, of those.
     *
     * @throws PlanException as {@link #find(String, String, Enum[])}
     */
    static String find(String what, String given, List<String> valid) {
        String wanted = given.toLowerCase(Locale.ROOT).replace('_', '-');
        return valid.stream().filter(wanted::equals).findFirst().orElseThrow(() -> unknown(what, given, wanted, valid));
    }

    /** The names of the built-in parts of a kind, which make races, and then of those that only known races have. */
    static List<String> parts(Named[] builtIn, Function<Race, Named> part) {
        return Stream.concat(Arrays.stream(builtIn), KnownRaces.all().stream().map(part))
                .map(Named::kebabName)
                .distinct()
                .toList();
    }

    /** All names. */
    static List<String> all(Enum<?>[] values) {
        return Arrays.stream(values).map(Names::kebab).toList();
    }

    static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Names that {@code --help} offers. */
    abstract static class Choices implements Iterable<String> {
        private final Enum<?>[] values;

        Choices(Enum<?>... values) {
            this.values = values;
        }

        @Override
        public Iterator<String> iterator() {
            return all(values).iterator();
        }
    }

    /** Names of walkers. */
    static final class OfWalkers extends Choices {
        OfWalkers() {
            super(Walkers.values());
        }
    }

    /** Names of mutators. */
    static final class OfMutators extends Choices {
        OfMutators() {
            super(Mutators.values());
        }
    }

    /** Names of dispatchers. */
    static final class OfShootdowns extends Choices {
        OfShootdowns() {
            super(Shootdowns.values());
        }
    }

    /** Names of free strategies. */
    static final class OfFreeings extends Choices {
        OfFreeings() {
            super(Freeings.values());
        }
    }

    /** Names of translation modes. */
    static final class OfSatpModes extends Choices {
        OfSatpModes() {
            super(SatpMode.values());
        }
    }

    /** Names of memory models. */
    static final class OfModels extends Choices {
        OfModels() {
            super(MemoryModel.values());
        }
    }

    private static PlanException unknown(String what, String given, String wanted, List<String> valid) {
        return bad("unknown " + what + " '" + given + "', nearest is '" + NearestName.of(wanted, valid)
                + "'; valid are " + String.join(", ", valid));
    }

    static PlanException bad(String message) {
        return new PlanException(ExitCode.BAD_INPUT, message);
    }
}
