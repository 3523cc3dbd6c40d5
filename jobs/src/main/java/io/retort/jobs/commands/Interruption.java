package io.retort.jobs.commands;

import io.retort.jobs.failures.ExitCode;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Lets work that a signal stops end in order: it is interrupted, leaves its record, and the process ends with 130. Hooks
 * run one after the other, those of Spark in between.
 */
final class Interruption {
    /** Before Spark's own hooks, which take the session away. */
    private static final int FIRST = 1000;
    /** After all others: the process' exit code is that of the signal otherwise. */
    private static final int LAST = 1;

    private static final long PATIENCE_SECONDS = 20;

    private final Console console;
    private final Thread worker = Thread.currentThread();
    private final Runnable cancel;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean interrupted;

    private Interruption(Console console, Runnable cancel) {
        this.console = console;
        this.cancel = cancel;
    }

    /** What may be interrupted. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Does the work in this thread and returns the exit code.
     *
     * @param cancel makes tasks stop that run elsewhere
     */
    static ExitCode guard(Console console, Runnable cancel, Work work) throws IOException, InterruptedException {
        Interruption interruption = new Interruption(console, cancel);
        Runnable stop = interruption::stop;
        Runnable halt = interruption::halt;
        ShutdownHookManager hooks = ShutdownHookManager.get();
        hooks.addShutdownHook(stop, FIRST, PATIENCE_SECONDS + 5, TimeUnit.SECONDS);
        hooks.addShutdownHook(halt, LAST);
        try {
            work.run();
            return ExitCode.DONE;
        } catch (Throwable e) {
            if (interruption.interrupted) {
                // The hook has told; what work throws when it is torn apart is no fault of its own.
                return ExitCode.INTERRUPTED;
            }
            throw e;
        } finally {
            interruption.over.countDown();
            if (!interruption.interrupted && !hooks.isShutdownInProgress()) {
                hooks.removeShutdownHook(stop);
                hooks.removeShutdownHook(halt);
            }
        }
    }

    private void stop() {
        if (over.getCount() == 0) {
            return;
        }
        interrupted = true;
        console.err().println();
        console.err().println(CommandLines.NAME + ": interrupted; what was done is kept, run it again to go on");
        worker.interrupt();
        cancel.run();
        try {
            over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void halt() {
        if (interrupted) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
        }
    }
}
