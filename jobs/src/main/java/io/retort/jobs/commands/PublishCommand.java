package io.retort.jobs.commands;

import io.retort.jobs.mlflow.MlflowSettings;
import io.retort.jobs.mlflow.Replay;
import io.retort.jobs.registry.PublishJob;
import io.retort.jobs.registry.PublishSpec;
import io.retort.jobs.registry.Registries;
import io.retort.jobs.workspaces.StorageSettings;
import io.retort.jobs.workspaces.Workspace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(names = "--replay", description = "Send MLflow what could not be logged, and register nothing.")
    private boolean replay;

    private final JobLauncher launcher;
    private final Registries registries;

    PublishCommand(JobLauncher launcher, Registries registries) {
        this.launcher = launcher;
        this.registries = registries;
    }

    @Override
    public Integer call() throws Exception {
        if (replay) {
            return launcher.launch(
                    options,
                    List.of(),
                    (settings, runner) -> Replay.run(
                            MlflowSettings.of(settings),
                            StorageSettings.ofProcess().open(),
                            Workspace.at(settings.config().getString("workspace")),
                            launcher.progress()));
        }
        return launcher.launch(
                options,
                List.of(),
                (settings, runner) ->
                        runner.run(new PublishJob(registries), PublishSpec.of(settings, bundle.directory(options))));
    }
}
