package dev.shootdown.race;

import java.util.ServiceLoader;

/** The engines that {@link Race} runs on, each found when it is first asked for. */
final class RaceEngines {
    private RaceEngines() {}

    static ExploringEngine exploring() {
        return Exploring.ENGINE;
    }

    static StressingEngine stressing() {
        return Stressing.ENGINE;
    }

    private static final class Exploring {
        static final ExploringEngine ENGINE = find(ExploringEngine.class);
    }

    private static final class Stressing {
        static final StressingEngine ENGINE = find(StressingEngine.class);
    }

    /** By the loader of this class, which has the built-in engines: a thread's own loader may not. */
    static <E> E find(Class<E> engine) {
        return ServiceLoader.load(engine, RaceEngines.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no " + engine.getName() + " on the class path; META-INF/services must name one"));
    }
}
