package io.retort.jobs.commands;

import io.retort.jobs.progress.PlainProgress;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.TerminalProgress;
import java.io.PrintStream;
import java.time.Clock;

/**
 * Where a command prints: results on standard output, all else on standard error.
 *
 * @param terminal whether a person watches standard error
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {
    private static final String TERMINAL = "retort.terminal";

    /** The console of this process; {@code bin/retort} says whether standard error is a terminal. */
    static Console ofProcess() {
        String told = System.getProperty(TERMINAL);
        boolean terminal = told == null ? System.console() != null : Boolean.parseBoolean(told);
        return new Console(System.out, System.err, terminal);
    }

    Progress progress() {
        return terminal ? new TerminalProgress(err) : new PlainProgress(err, Clock.systemUTC());
    }
}
