package dev.shootdown.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How often a stress run hit the founding race, in one compile mode.
 *
 * @param rendezvous on, or off for plain jcstress scheduling
 * @param mode INT, C1 or C2
 * @param hitsPerSecond failures a second of measuring, reset included
 */
record HitRate(String rendezvous, String mode, double hitsPerSecond, double samplesPerSecond) {
    private static final double LEAST_COMPILED = 50_000;
    private static final double LEAST_INTERPRETED = 100;

    /** Reads {@code rendezvous-on/verdicts.json} and {@code rendezvous-off/verdicts.json} below a directory. */
    static List<HitRate> readAll(Path directory) throws IOException {
        List<HitRate> rates = new ArrayList<>();
        for (String rendezvous : List.of("on", "off")) {
            String json = Files.readString(
                    directory.resolve("rendezvous-" + rendezvous).resolve("verdicts.json"));
            for (JsonNode race : JsonMapper.shared().readTree(json).get("races")) {
                for (JsonNode fork : race.get("stressed").get("perConfiguration")) {
                    rates.add(of(rendezvous, fork));
                }
            }
        }
        return rates;
    }

    private static HitRate of(String rendezvous, JsonNode fork) {
        double seconds = Math.max(fork.get("activeMillis").asDouble(), 1) / 1_000;
        return new HitRate(
                rendezvous,
                fork.get("mode").asString(),
                fork.get("forbidden").asDouble() / seconds,
                fork.get("samples").asDouble() / seconds);
    }

    /** The least that is asked for, where something is. */
    OptionalDouble leastRequired() {
        if (rendezvous.equals("off")) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(mode.equals("INT") ? LEAST_INTERPRETED : LEAST_COMPILED);
    }
}
