package io.retort.jobs.commands;

import io.retort.jobs.registry.PublishJob;
import io.retort.jobs.registry.PublishSpec;
import io.retort.jobs.registry.Registries;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code retort publish}. */
@Command(
        name = "publish",
        sortOptions = false,
        description = "Registers a bundle as a version and makes it the challenger.")
final class PublishCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private BundleOption bundle = new BundleOption();

    private final JobLauncher launcher;
    private final Registries registries;

    PublishCommand(JobLauncher launcher, Registries registries) {
        this.launcher = launcher;
        this.registries = registries;
    }

    @Override
    public Integer call() throws Exception {
        return launcher.launch(
                options,
                List.of(),
                (settings, runner) ->
                        runner.run(new PublishJob(registries), PublishSpec.of(settings, bundle.directory(options))));
    }
}
