package io.retort.jobs.commands;

import io.retort.jobs.compare.CompareJob;
import io.retort.jobs.compare.CompareSpec;
import io.retort.jobs.workspaces.Workspace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code retort compare}. */
@Command(
        name = "compare",
        sortOptions = false,
        description = "Writes a page of two runs on the same documents: paired differences, retention, calibration.")
final class CompareCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    @Parameters(index = "0", paramLabel = "CHAMPION", description = "A report or a bundle: the one to beat.")
    private String champion = "";

    @Parameters(index = "1", paramLabel = "CHALLENGER", description = "Another: the one that may replace it.")
    private String challenger = "";

    private final JobLauncher launcher;

    CompareCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        return launcher.launch(
                options,
                List.of(),
                (settings, runner) -> runner.run(
                        new CompareJob(),
                        new CompareSpec(
                                Workspace.at(settings.config().getString("workspace")),
                                place(champion),
                                place(challenger),
                                settings.config().getLong("seed"))));
    }

    /** A path of this machine may be a relative one. */
    private static String place(String written) {
        return Workspace.at(written).root().value();
    }
}
