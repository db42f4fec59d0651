package dev.shootdown.race;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** All races that have names: those of {@link Catalogue}, then those of every {@link RaceCollection}, each id once. */
public final class KnownRaces {
    private KnownRaces() {}

    /** {@return all of them; of two with one id, the first} */
    public static List<Race> all() {
        return List.copyOf(Everything.BY_ID.values());
    }

    /** The race with that id, if a collection has one. */
    static Optional<Race> collected(String id) {
        return Optional.ofNullable(Collections.BY_ID.get(id));
    }

    /** The repair that a collection has of a race. */
    static Optional<Repairs.Repair> repairOf(Race race) {
        return Collections.ALL.stream()
                .flatMap(each -> each.repairOf(race).stream())
                .findFirst();
    }

    private static final class Collections {
        /** By the loader of this class, as the engines are found. */
        static final List<RaceCollection> ALL =
                ServiceLoader.load(RaceCollection.class, KnownRaces.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();

        static final Map<String, Race> BY_ID = new LinkedHashMap<>();

        static {
            ALL.forEach(each -> each.races().forEach(race -> BY_ID.putIfAbsent(race.id(), race)));
        }
    }

    private static final class Everything {
        static final Map<String, Race> BY_ID = byId();

        private static Map<String, Race> byId() {
            Map<String, Race> byId = new LinkedHashMap<>();
            Catalogue.all().forEach(race -> byId.putIfAbsent(race.id(), race));
            Collections.BY_ID.forEach(byId::putIfAbsent);
            return byId;
        }
    }
}
