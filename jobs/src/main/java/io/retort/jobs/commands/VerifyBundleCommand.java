package io.retort.jobs.commands;

import io.retort.inference.cli.InferenceCommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code retort verify-bundle}. */
@Command(name = "verify-bundle", sortOptions = false, description = "Says all that is wrong with a bundle.")
final class VerifyBundleCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The bundle's directory.")
    private String directory = "";

    @Option(names = "--json", description = "Give the findings as JSON on standard output.")
    private boolean json;

    @Mixin
    private TrustOption trust = new TrustOption();

    private final Console console;

    VerifyBundleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<String> words = new ArrayList<>(List.of("verify"));
        if (json) {
            words.add("--json");
        }
        words.addAll(trust.words());
        words.addAll(List.of("--", directory));
        return new InferenceCommandLine(System.in, console.unbuffered(), console.err())
                .run(words.toArray(new String[0]));
    }
}
