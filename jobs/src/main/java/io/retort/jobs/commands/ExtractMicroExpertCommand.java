package io.retort.jobs.commands;

import io.retort.jobs.analyze.ExtractMicroExpertJob;
import io.retort.jobs.analyze.MicroSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retort analyze extract-micro-expert}. */
@Command(
        name = "extract-micro-expert",
        sortOptions = false,
        description = "Fits a small network to one expert of the teacher, on what the expert is given.")
final class ExtractMicroExpertCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--layer", paramLabel = "N", description = "The expert's layer.")
    private @Nullable Integer layer;

    @Option(names = "--expert", paramLabel = "N", description = "Its number in the layer.")
    private @Nullable Integer expert;

    @Option(names = "--hidden", paramLabel = "N", description = "Channels of the small network.")
    private @Nullable Integer hidden;

    @Option(names = "--width", paramLabel = "N", description = "Channels in and out; 0 for the teacher's.")
    private @Nullable Integer width;

    private final JobLauncher launcher;

    ExtractMicroExpertCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        List<String> more = new ArrayList<>();
        add(more, "layer", layer);
        add(more, "expert", expert);
        add(more, "hidden", hidden);
        add(more, "width", width);
        return launcher.launch(
                options, more, (settings, runner) -> runner.run(new ExtractMicroExpertJob(), MicroSpec.of(settings)));
    }

    private static void add(List<String> settings, String key, @Nullable Integer value) {
        if (value != null) {
            settings.add("analyze.micro." + key + "=" + value);
        }
    }
}
