package io.retort.jobs.commands;

import io.retort.jobs.failures.GateFailedException;
import io.retort.jobs.registry.PromoteJob;
import io.retort.jobs.registry.PromoteReport;
import io.retort.jobs.registry.PromoteSpec;
import io.retort.jobs.registry.Registries;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retort promote}. */
@Command(
        name = "promote",
        sortOptions = false,
        description =
                "Makes the challenger the champion if the gates hold (docs/registry.md); exit code 1 if one fails.")
final class PromoteCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(
            names = "--gates",
            paramLabel = "FILE",
            description = "The gates, one a line (default: retort.registry.gates, or no worse than the champion).")
    private @Nullable String gates;

    @Option(names = "--version", paramLabel = "N", description = "The version (default: the challenger).")
    private int version;

    private final JobLauncher launcher;
    private final Registries registries;

    PromoteCommand(JobLauncher launcher, Registries registries) {
        this.launcher = launcher;
        this.registries = registries;
    }

    @Override
    public Integer call() throws Exception {
        String[] fault = {""};
        List<String> more = gates == null ? List.of() : List.of("registry.gates=" + gates);
        int code = launcher.launch(options, more, (settings, runner) -> {
            PromoteReport report = runner.run(new PromoteJob(registries), PromoteSpec.of(settings, version));
            fault[0] = report.fault();
            return report;
        });
        if (!fault[0].isEmpty()) {
            throw new GateFailedException(fault[0]);
        }
        return code;
    }
}
