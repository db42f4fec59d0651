package dev.shootdown.walk;

/** Looks at a walk at the end of its section, while the section still protects it: for statistics, not for protocols. */
@FunctionalInterface
public interface WalkProbe {
    /** Looks at nothing. */
    WalkProbe NONE = descent -> {};

    /** Called once a walk, after its last load and before its section ends. */
    void sectionEnds(TableDescent descent);
}
