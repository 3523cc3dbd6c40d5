package io.retort.jobs.commands;

import io.retort.inference.cli.InferenceCommandLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code retort serve}: what the inference jar does alone, with the workspace's newest bundle as the default. */
@Command(
        name = "serve",
        sortOptions = false,
        description = "Serves a bundle over HTTP to clients of OpenAI's API, until the process is asked to stop.")
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private BundleOption bundle = new BundleOption();

    @Mixin
    private ServeOptions serving = new ServeOptions();

    private final Console console;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (options.json()) {
            throw new IllegalArgumentException("expected no --json, which serve has no report for");
        }
        return new InferenceCommandLine(System.in, console.unbuffered(), console.err())
                .run(words(bundle.directory(options)));
    }

    /** What the inference jar's own command line is given. */
    String[] words(Path directory) {
        List<String> words = new ArrayList<>(List.of("serve", "--bundle", directory.toString()));
        words.addAll(serving.words());
        return words.toArray(new String[0]);
    }
}
