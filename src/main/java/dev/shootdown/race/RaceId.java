package dev.shootdown.race;

import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.riscv.SatpMode;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.walk.Recheck;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads {@link Race#id()} back. Knows the names of the built-in parts only. */
final class RaceId {
    private static final int SATP = 4;
    private static final int FIXED_PARTS = SATP + 1;
    private static final List<String> CONDITIONS =
            List.of("victim", "shape", "freed", "recheck", "mask", "publish", "third", "gather", "presence", "walkers");

    private final String id;
    private final List<String> parts;

    private RaceId(String id) {
        this.id = id;
        this.parts = List.of(id.split("/", -1));
    }

    /** As {@link Race#parse}. */
    static Race parse(String id) {
        return new RaceId(id).race();
    }

    private Race race() {
        if (parts.size() < FIXED_PARTS) {
            throw bad("it has " + parts.size() + " of the 5 parts walker/mutator/shootdown/freeing/satp");
        }
        Walkers walker = named(0, "walker", Walkers.values());
        Mutators mutator = named(1, "mutator", Mutators.values());
        Shootdowns shootdown = named(2, "shootdown", Shootdowns.values());
        Freeings freeing = named(3, "freeing", Freeings.values());
        SatpMode satp = named(SATP, "satp", SatpMode.values());
        RaceConditions conditions = conditions();
        try {
            return new Race(walker, mutator, shootdown, freeing, satp, conditions, null);
        } catch (IllegalArgumentException impossible) {
            throw new IllegalArgumentException("no race '" + id + "': " + impossible.getMessage(), impossible);
        }
    }

    private <E extends Enum<E>> E named(int position, String what, E[] values) {
        return constant(position, what, parts.get(position), values);
    }

    private <E extends Enum<E>> E constant(int position, String what, String given, E[] values) {
        for (E value : values) {
            if (kebab(value).equals(given)) {
                return value;
            }
        }
        throw unknown(
                position, what, given, Arrays.stream(values).map(RaceId::kebab).toList());
    }

    private RaceConditions conditions() {
        RaceConditions conditions = RaceConditions.DEFAULT;
        Set<String> seen = new HashSet<>();
        for (int position = FIXED_PARTS; position < parts.size(); position++) {
            String part = parts.get(position);
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw bad("part " + (position + 1) + " is '" + part
                        + "', not a condition such as victim=pmd; conditions are " + String.join(", ", CONDITIONS));
            }
            String name = part.substring(0, equals);
            if (!seen.add(name)) {
                throw bad("part " + (position + 1) + " states the condition '" + name + "' again");
            }
            conditions = with(conditions, position, name, part.substring(equals + 1));
        }
        return conditions;
    }

    private RaceConditions with(RaceConditions conditions, int position, String name, String value) {
        return switch (name) {
            case "victim" -> conditions.withVictim(constant(position, name, value, TableLevel.values()));
            case "shape" -> conditions.withShape(constant(position, name, value, TableShape.values()));
            case "freed" -> conditions.withFreedFrames(constant(position, name, value, FreedFrames.values()));
            case "recheck" -> conditions.withRecheck(constant(position, name, value, Recheck.values()));
            case "mask" -> conditions.withMask(constant(position, name, value, WalkerMask.values()));
            case "publish" -> conditions.withPublishOrder(constant(position, name, value, PublishOrder.values()));
            case "third" -> conditions.withThirdActor(constant(position, name, value, ThirdActor.values()));
            case "gather" -> conditions.withGatherLimit(constant(position, name, value, GatherLimit.values()));
            case "presence" -> conditions.withPresence(constant(position, name, value, WalkerPresence.values()));
            case "walkers" -> conditions.withWalkers(walkers(position, value));
            default -> throw unknown(position, "condition", name, CONDITIONS);
        };
    }

    private int walkers(int position, String value) {
        List<String> valid = IntStream.rangeClosed(1, RaceConditions.MAX_WALKERS)
                .mapToObj(Integer::toString)
                .toList();
        if (!valid.contains(value)) {
            throw unknown(position, "walkers", value, valid);
        }
        return Integer.parseInt(value);
    }

    private IllegalArgumentException unknown(int position, String what, String given, List<String> valid) {
        return bad("part " + (position + 1) + " (" + what + ") is '" + given + "', nearest is '"
                + NearestName.of(given, valid) + "'; valid are " + String.join(", ", valid));
    }

    private IllegalArgumentException bad(String why) {
        return new IllegalArgumentException("no race '" + id + "': " + why);
    }

    private static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
