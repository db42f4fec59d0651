package dev.shootdown.stress;

import java.nio.file.Path;

/**
 * Where a stress run leaves files. All of them exist when it begins.
 *
 * @param scratch what only the forks need; empty at first, and to be deleted afterwards
 * @param crashed crash reports of JVMs
 * @param hung thread dumps of forks that had to be ended; made when there is one
 */
public record StressDirectories(Path scratch, Path crashed, Path hung) {}
