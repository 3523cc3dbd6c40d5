package io.retort.jobs.commands;

import io.retort.jobs.failures.ExitCode;
import java.util.List;

/** Entry point of {@code bin/retort}. */
public final class RetortMain {
    private RetortMain() {}

    public static void main(String[] args) {
        System.exit(run(Console.ofProcess(), args));
    }

    /**
     * Entry point of one job's main class under spark-submit, whose session and logging it uses.
     *
     * @param command the command's name
     */
    public static void submitted(String command, String[] args) {
        String[] whole = new String[args.length + 1];
        whole[0] = command;
        System.arraycopy(args, 0, whole, 1, args.length);
        int code = run(Console.ofProcess(), whole);
        if (code != ExitCode.DONE.code()) {
            System.exit(code);
        }
    }

    /** Runs a command line and returns its exit code. */
    static int run(Console console, String... args) {
        try {
            return CommandLines.create(console).execute(args);
        } catch (Error e) {
            // picocli hands over exceptions only.
            return CommandLines.failed(console, e, List.of(args).contains("--debug"));
        }
    }
}
