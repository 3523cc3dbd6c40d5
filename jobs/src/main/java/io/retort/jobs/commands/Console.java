package io.retort.jobs.commands;

import io.retort.jobs.progress.PlainProgress;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.TerminalProgress;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Report;
import io.retort.jobs.workspaces.Json;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;

/**
 * Where a command prints: results on standard output, all else on standard error.
 *
 * @param unbuffered standard output without a buffer, for what is to be seen byte by byte
 * @param terminal whether a person watches standard error
 */
record Console(PrintStream out, PrintStream err, OutputStream unbuffered, boolean terminal) {
    private static final String TERMINAL = "retort.terminal";

    /** The console of this process; {@code bin/retort} says whether standard error is a terminal. */
    static Console ofProcess() {
        String told = System.getProperty(TERMINAL);
        boolean terminal = told == null ? System.console() != null : Boolean.parseBoolean(told);
        return new Console(System.out, System.err, new FileOutputStream(FileDescriptor.out), terminal);
    }

    /** How a report is printed. */
    enum Form {
        TEXT,
        JSON
    }

    /** Prints a report on standard output. */
    void print(Report report, Form form) {
        if (form == Form.JSON) {
            out.print(Json.pretty(report));
        } else {
            if (report.completion() == Completion.ALREADY_DONE) {
                out.println(report.job() + ": nothing to do, all is there (" + report.id() + ")");
            }
            out.println();
            out.println(report.render());
        }
        out.flush();
    }

    Progress progress() {
        return terminal ? new TerminalProgress(err) : new PlainProgress(err, Clock.systemUTC());
    }
}
