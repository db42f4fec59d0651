/**
 * The command line, one class a command. {@link dev.shootdown.cli.Main} holds them together: whatever a command throws becomes
 * one line on the error stream and an exit code of {@link dev.shootdown.stress.ExitCode}.
 */
@NullMarked
package dev.shootdown.cli;

import org.jspecify.annotations.NullMarked;
