package io.retort.jobs.commands;

import io.retort.jobs.analyze.GenerateTrainingDataJob;
import io.retort.jobs.analyze.WeightsSpec;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retort analyze generate-training-data}. */
@Command(
        name = "generate-training-data",
        sortOptions = false,
        description = "Weighs a domain's documents by how much they use the domain's experts.")
final class GenerateTrainingDataCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--domain", paramLabel = "NAME", description = "Whose documents are weighed.")
    private @Nullable String domain;

    private final JobLauncher launcher;

    GenerateTrainingDataCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        List<String> more = domain == null ? List.of() : List.of("analyze.weights.domain=" + domain);
        return launcher.launch(
                options,
                more,
                (settings, runner) -> runner.run(new GenerateTrainingDataJob(), WeightsSpec.of(settings)));
    }
}
