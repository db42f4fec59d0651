package dev.shootdown.report;

import java.nio.file.Path;

/**
 * Where a run's reports go.
 *
 * @param root the directory that holds them all
 * @param run the directory of the whole run, with what is written while it goes on; of an interrupted run, it is above
 */
public record ResultPaths(Path root, Path run) {
    private static final String INTERRUPTED = "interrupted";

    /**
     * Everything stands in one directory.
     *
     * @param root the directory
     */
    public ResultPaths(Path root) {
        this(root, root);
    }

    /**
     * {@return the paths in a directory that is there already; that of an interrupted run is known by its name}
     *
     * @param root the directory
     */
    public static ResultPaths of(Path root) {
        Path above = root.toAbsolutePath().normalize().getParent();
        return above != null && root.endsWith(INTERRUPTED) ? new ResultPaths(root, above) : new ResultPaths(root);
    }

    /** {@return the verdicts with pictures of failing executions} */
    public Path page() {
        return root.resolve("index.html");
    }

    /** {@return the verdicts, for programs} */
    public Path verdicts() {
        return root.resolve("verdicts.json");
    }

    /** {@return the verdicts, for people} */
    public Path summary() {
        return root.resolve("summary.md");
    }

    /** {@return where build servers find a file for each suite} */
    public Path junit() {
        return root.resolve("junit");
    }

    /** {@return where jcstress's own report goes} */
    public Path jcstress() {
        return root.resolve("jcstress");
    }

    /** {@return where failing executions go} */
    public Path witnesses() {
        return root.resolve("witnesses");
    }

    /** {@return where thread dumps go of forks that had to be ended} */
    public Path hung() {
        return root.resolve("hung");
    }

    /** {@return where crash reports of JVMs go} */
    public Path crashed() {
        return root.resolve("crashed");
    }

    /** {@return where an interrupted run writes, so that it leaves the last complete run's reports alone} */
    public ResultPaths interrupted() {
        return new ResultPaths(root.resolve(INTERRUPTED), run);
    }
}
