package io.retort.jobs.commands;

import io.retort.jobs.bundle.BundleJob;
import io.retort.jobs.bundle.BundleSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retort bundle}. */
@Command(name = "bundle", sortOptions = false, description = "Writes experts and router as a versioned bundle.")
final class BundleCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(
            names = "--sign-key",
            paramLabel = "FILE",
            description = "Sign the bundle with this private key; a bundle that is there already gets the signature"
                    + " (docs/signing.md).")
    private @Nullable Path signKey;

    private final JobLauncher launcher;

    BundleCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        List<String> more = signKey == null ? List.of() : List.of("bundle.sign-key=" + signKey);
        return launcher.launch(
                options, more, (settings, runner) -> runner.run(new BundleJob(), BundleSpec.of(settings)));
    }
}
