package io.retort.jobs.commands;

import io.retort.jobs.distil.DistilJob;
import io.retort.jobs.distil.DistilSpec;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code retort distil}. */
@Command(
        name = "distil",
        sortOptions = false,
        description = "Trains one expert a domain on byte targets, each in a Spark task of its own.")
final class DistilCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private ControlOption control = new ControlOption();

    private final JobLauncher launcher;

    DistilCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        return launcher.launch(
                options,
                control.overrides(),
                (settings, runner) -> runner.run(new DistilJob(), DistilSpec.of(settings)));
    }
}
