package dev.shootdown.stress;

/** Is told when forks start and end; from several threads, when several forks run at a time. */
interface ForkListener {
    /** A fork is about to be started. */
    void started(PlannedConfiguration configuration);

    /** A fork's process is gone. */
    void finished(ConfigurationResult result);
}
