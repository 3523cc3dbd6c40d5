package io.retort.jobs.commands;

import io.retort.inference.cli.InferenceCommandLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code retort infer}: what the inference jar does alone, with the workspace's newest bundle as the default. */
@Command(name = "infer", sortOptions = false, description = "Answers a prompt from a bundle.")
final class InferCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private BundleOption bundle = new BundleOption();

    @Mixin
    private AnswerOptions answer = new AnswerOptions();

    @Mixin
    private TrustOption trust = new TrustOption();

    @Parameters(paramLabel = "PROMPT", description = "What to answer; - reads it from standard input.")
    private String prompt = "";

    private final Console console;

    InferCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        CommandLineText.requireUtf8(prompt);
        return new InferenceCommandLine(System.in, console.unbuffered(), console.err())
                .run(words(bundle.directory(options)));
    }

    /** What the inference jar's own command line is given. */
    String[] words(Path directory) {
        List<String> words = new ArrayList<>(List.of("infer", "--bundle", directory.toString()));
        if (options.json()) {
            words.add("--json");
        }
        words.addAll(answer.words());
        words.addAll(trust.words());
        // A prompt may begin with a hyphen: behind -- nothing is taken for an option.
        words.addAll(List.of("--", prompt));
        return words.toArray(new String[0]);
    }
}
