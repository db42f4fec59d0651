package dev.shootdown.museum;

import dev.shootdown.museum.Exhibit.Form;
import dev.shootdown.race.Race;
import dev.shootdown.race.RaceCollection;
import dev.shootdown.race.Repairs;
import dev.shootdown.race.Repairs.Repair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The races of the museum, for whoever looks a race up: see {@code META-INF/services}. */
public final class MuseumRaces implements RaceCollection {
    private static final List<Race> RACES = Museum.all().stream()
            .flatMap(scenario -> scenario.exhibits().stream())
            .map(Exhibit::race)
            .toList();

    private static final Map<String, Repair> REPAIRS = Museum.all().stream()
            .flatMap(scenario -> scenario.of(Form.BROKEN).stream().map(broken -> repair(scenario, broken)))
            .collect(Collectors.toUnmodifiableMap(RepairOf::id, RepairOf::repair, (first, later) -> first));

    private record RepairOf(String id, Repair repair) {}

    private static RepairOf repair(Scenario scenario, Exhibit broken) {
        return new RepairOf(
                broken.race().id(),
                Repairs.between(broken.race(), scenario.fixOf(broken).race()));
    }

    /** For {@link java.util.ServiceLoader}. */
    public MuseumRaces() {}

    @Override
    public List<Race> races() {
        return RACES;
    }

    /** A broken form becomes the fixed one. */
    @Override
    public Optional<Repair> repairOf(Race race) {
        return Optional.ofNullable(REPAIRS.get(race.id()));
    }
}
