package io.retort.jobs.commands;

import io.retort.jobs.clusters.ManyExperts;
import io.retort.jobs.clusters.ManyExpertsSpec;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.Rounds;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Reports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(
            names = "--init-from",
            paramLabel = "FILE",
            description = "A micro-expert that the students' last feed-forward networks begin with.")
    private @Nullable Path initFrom;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "After the first training, N more, each also on what the experts before write and the teacher scores.")
    private @Nullable Integer rounds;

    @Option(
            names = "--clusters",
            paramLabel = "N",
            description =
                    "In place of an expert a domain, one each for N clusters of all their documents, and a report on"
                            + " how well a router combines them (docs/clusters.md).")
    private @Nullable Integer clusters;

    private final JobLauncher launcher;

    DistilCommand(JobLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        List<String> more = new ArrayList<>(control.overrides());
        if (initFrom != null) {
            more.add("distil.init-from=" + initFrom);
        }
        if (rounds != null) {
            more.add("distil.rounds=" + rounds);
        }
        if (clusters != null) {
            more.add("clusters.count=" + clusters);
            return launcher.launch(
                    options, more, (settings, runner) -> ManyExperts.run(runner, ManyExpertsSpec.of(settings)));
        }
        return launcher.launch(options, more, (settings, runner) -> {
            List<Report> reports = Rounds.trainings(runner, DistilSpec.of(settings));
            return reports.size() == 1 ? reports.get(0) : new Reports(reports);
        });
    }
}
