package io.retort.jobs.commands;

import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.inference.cli.InferenceCommandLine;
import io.retort.jobs.bundle.BundleVersions;
import io.retort.jobs.workspaces.StorageSettings;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code retort infer}: what the inference jar does alone, with the workspace's newest bundle as the default. */
@Command(name = "infer", sortOptions = false, description = "Answers a prompt from a bundle.")
final class InferCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(
            names = "--bundle",
            paramLabel = "DIR",
            description = "The bundle (default: the newest of the workspace's retort.bundle.name).")
    private @Nullable Path bundle;

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
        return new InferenceCommandLine(System.in, console.unbuffered(), console.err()).run(words(directory()));
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

    private Path directory() throws IOException {
        if (bundle != null) {
            return bundle;
        }
        String name = BundleNames.require("bundle", options.settings().config().getString("bundle.name"));
        Workspace workspace = Workspace.at(options.settings().config().getString("workspace"));
        SemanticVersion newest = new BundleVersions(StorageSettings.ofProcess().open(), workspace.bundles(name))
                .newest()
                .orElseThrow(() -> new IllegalArgumentException("expected a bundle in " + workspace.bundles(name)
                        + ", found none; make one by retort quickstart or name one by --bundle"));
        return workspace
                .local()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a bundle on a local filesystem, found workspace " + workspace + "; copy "
                                + workspace.bundles(name) + "/" + newest + " here and name it by --bundle"))
                .resolve("bundles/" + name + "/" + newest);
    }
}
