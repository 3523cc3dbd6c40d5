package io.retort.jobs.commands;

import io.retort.jobs.config.Settings;
import io.retort.jobs.evaluate.EvaluateSpec;
import io.retort.jobs.failures.GateFailedException;
import io.retort.jobs.gates.GateJob;
import io.retort.jobs.gates.GateOutcome;
import io.retort.jobs.gates.GateSpec;
import io.retort.jobs.workspaces.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retort gate}. */
@Command(
        name = "gate",
        sortOptions = false,
        description = "Checks a report against a file of gates (docs/gates.md); exit code 1 if one fails.")
final class GateCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--gates", paramLabel = "FILE", required = true, description = "The gates, one a line.")
    private String gates = "";

    @Option(
            names = "--candidate",
            paramLabel = "DIR",
            description = "A report or a bundle (default: the report of the same settings).")
    private @Nullable String candidate;

    @Option(
            names = "--champion",
            paramLabel = "DIR",
            description = "The report or bundle it is compared with; without one, gates that ask for it pass.")
    private @Nullable String champion;

    private final JobLauncher launcher;

    GateCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        List<String> faults = new ArrayList<>();
        int code = launcher.launch(options, List.of(), (settings, runner) -> {
            GateOutcome outcome = runner.run(new GateJob(), spec(settings));
            if (!outcome.passed()) {
                faults.add(outcome.fault());
            }
            return outcome;
        });
        if (!faults.isEmpty()) {
            throw new GateFailedException(faults.get(0));
        }
        return code;
    }

    private GateSpec spec(Settings settings) {
        Workspace workspace = Workspace.at(settings.config().getString("workspace"));
        String report = candidate == null
                ? workspace.reports(EvaluateSpec.of(settings).reportId()).value()
                : place(candidate);
        return new GateSpec(
                workspace,
                place(gates),
                report,
                champion == null ? "" : place(champion),
                settings.config().getLong("seed"));
    }

    /** A path of this machine may be a relative one. */
    private static String place(String written) {
        return Workspace.at(written).root().value();
    }
}
