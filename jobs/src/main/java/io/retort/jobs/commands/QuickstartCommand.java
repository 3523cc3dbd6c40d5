package io.retort.jobs.commands;

import io.retort.jobs.bundle.BundleSpec;
import io.retort.jobs.generate.Pipeline;
import io.retort.jobs.generate.Quickstart;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code retort quickstart}. */
@Command(
        name = "quickstart",
        sortOptions = false,
        description = "Distils six experts from the embedded teacher and lets them answer an example each.")
final class QuickstartCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    private final JobLauncher launcher;

    QuickstartCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        return launcher.launch(options, List.of(), (settings, runner) -> {
            BundleSpec spec = BundleSpec.of(settings);
            return Quickstart.of(spec, new Pipeline(runner).run(spec));
        });
    }
}
