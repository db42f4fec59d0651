package dev.shootdown.race;

import java.util.List;
import java.util.Optional;

/**
 * Races that stand beside {@link Catalogue}, with what is known of them: races of parts that the truth table does not know, say.
 * {@link java.util.ServiceLoader} finds implementations; {@link KnownRaces} has what all of them hold.
 */
public interface RaceCollection {
    /** {@return the races, each with an expectation} */
    List<Race> races();

    /**
     * {@return the repair of a broken race, if this collection has one; it goes before what {@link Repairs} would find}
     *
     * @param race a broken one, of this collection or another
     */
    default Optional<Repairs.Repair> repairOf(Race race) {
        return Optional.empty();
    }
}
