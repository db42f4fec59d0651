package dev.shootdown.report;

import java.nio.file.Path;

/**
 * Where a run's reports go.
 *
 * @param root the directory that holds them all
 */
record ResultPaths(Path root) {
    /** The verdicts, for programs. */
    Path verdicts() {
        return root.resolve("verdicts.json");
    }

    /** The verdicts, for people. */
    Path summary() {
        return root.resolve("summary.md");
    }

    /** One file a suite, for build servers. */
    Path junit() {
        return root.resolve("junit");
    }

    /** jcstress's own report. */
    Path jcstress() {
        return root.resolve("jcstress");
    }

    /** Failing executions. */
    Path witnesses() {
        return root.resolve("witnesses");
    }

    /** Thread dumps of forks that had to be ended. */
    Path hung() {
        return root.resolve("hung");
    }

    /** Crash reports of JVMs. */
    Path crashed() {
        return root.resolve("crashed");
    }

    /** Where an interrupted run writes, so that it leaves the last complete run's reports alone. */
    ResultPaths interrupted() {
        return new ResultPaths(root.resolve("interrupted"));
    }
}
