package io.retort.jobs.commands;

import io.retort.jobs.bundle.BundleSpec;
import io.retort.jobs.generate.Pipeline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code retort generate}. */
@Command(
        name = "generate",
        sortOptions = false,
        description = "Runs all stages, from the corpus to the bundle, from one configuration.")
final class GenerateCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private ControlOption control = new ControlOption();

    private final JobLauncher launcher;

    GenerateCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        return launcher.launch(
                options, control.overrides(), (settings, runner) -> new Pipeline(runner).run(BundleSpec.of(settings)));
    }
}
