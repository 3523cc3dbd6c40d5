package io.retort.jobs.commands;

import io.retort.inference.cli.InferenceCommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code retort bundle-diff}. */
@Command(
        name = "bundle-diff",
        sortOptions = false,
        description = "Says what changed from a bundle to another: experts, sizes, scores.")
final class BundleDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "A bundle's directory.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "AFTER", description = "Another's.")
    private String after = "";

    @Option(names = "--json", description = "Give the changes as JSON on standard output.")
    private boolean json;

    @Mixin
    private TrustOption trust = new TrustOption();

    private final Console console;

    BundleDiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<String> words = new ArrayList<>(List.of("diff"));
        if (json) {
            words.add("--json");
        }
        words.addAll(trust.words());
        words.addAll(List.of("--", before, after));
        return new InferenceCommandLine(System.in, console.unbuffered(), console.err())
                .run(words.toArray(new String[0]));
    }
}
