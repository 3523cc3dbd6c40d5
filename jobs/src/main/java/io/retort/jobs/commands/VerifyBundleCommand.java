package io.retort.jobs.commands;

import io.retort.inference.cli.InferenceCommandLine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code retort verify-bundle}. */
@Command(name = "verify-bundle", sortOptions = false, description = "Says all that is wrong with a bundle.")
final class VerifyBundleCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The bundle's directory.")
    private String directory = "";

    @Option(names = "--json", description = "Give the findings as JSON on standard output.")
    private boolean json;

    private final Console console;

    VerifyBundleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String[] words =
                json ? new String[] {"verify", "--json", "--", directory} : new String[] {"verify", "--", directory};
        return new InferenceCommandLine(System.in, console.unbuffered(), console.err()).run(words);
    }
}
