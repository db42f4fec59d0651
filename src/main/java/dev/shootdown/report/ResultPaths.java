package dev.shootdown.report;

import java.nio.file.Path;

/**
 * Where a run's reports go.
 *
 * @param root the directory that holds them all
 * @param run the directory of the whole run, with what is written while it goes on; of an interrupted run, it is above
 */
record ResultPaths(Path root, Path run) {
    /** Everything stands in one directory. */
    ResultPaths(Path root) {
        this(root, root);
    }

    /** The verdicts with pictures of failing executions. */
    Path page() {
        return root.resolve("index.html");
    }

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
        return new ResultPaths(root.resolve("interrupted"), run);
    }
}
