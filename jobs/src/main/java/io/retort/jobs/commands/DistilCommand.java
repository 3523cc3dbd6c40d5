package io.retort.jobs.commands;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.retort.jobs.clusters.ManyExperts;
import io.retort.jobs.clusters.ManyExpertsSpec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.Rounds;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Reports;
import io.retort.jobs.sweep.SweepPlanReport;
import io.retort.jobs.sweep.SweepSpec;
import io.retort.jobs.sweep.Sweeps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code retort distil}. */
@Command(
        name = "distil",
        sortOptions = false,
        description = "Trains one expert a domain on byte targets, each in a Spark task of its own.")
final class DistilCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

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
            names = "--only",
            paramLabel = "DOMAIN",
            split = ",",
            description = "Train the experts of these domains alone, from the corpus of all of them.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--clusters",
            paramLabel = "N",
            description =
                    "In place of an expert a domain, one each for N clusters of all their documents, and a report on"
                            + " how well a router combines them (docs/clusters.md).")
    private @Nullable Integer clusters;

    @ArgGroup(exclusive = false)
    private @Nullable Sweeping sweeping;

    private final JobLauncher launcher;

    /** A table of trainings in place of one of each domain. */
    private static final class Sweeping {
        @Option(
                names = "--sweep",
                required = true,
                paramLabel = "FILE",
                description =
                        "Run the table of trainings that sweep { … } in the file describes, after every stage that it"
                                + " needs.")
        private Path file = Path.of("");

        @Option(names = "--plan", description = "With --sweep: only say what it would take.")
        private boolean plan;
    }

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
        if (clusters != null && sweeping != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected one of --clusters and --sweep, found both: a sweep is of named domains");
        }
        if (!only.isEmpty() && (clusters != null || sweeping != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --only without --clusters and --sweep, which train no expert of a named domain");
        }
        if (clusters != null) {
            more.add("clusters.count=" + clusters);
            return launcher.launch(
                    options, more, (settings, runner) -> ManyExperts.run(runner, ManyExpertsSpec.of(settings)));
        }
        if (sweeping != null) {
            return sweep(sweeping, more);
        }
        return launcher.launch(options, more, (settings, runner) -> {
            DistilSpec all = DistilSpec.of(settings);
            List<Report> reports = Rounds.trainings(runner, only.isEmpty() ? all : all.only(only));
            return reports.size() == 1 ? reports.get(0) : new Reports(reports);
        });
    }

    private int sweep(Sweeping what, List<String> more) throws IOException, InterruptedException {
        Config file = Settings.parse(what.file);
        Config own = file.root().containsKey("retort") ? file.withOnlyPath("retort") : ConfigFactory.empty();
        return launcher.launch(options, options.settings(more, own), (settings, runner) -> {
            SweepSpec spec = SweepSpec.of(file, settings);
            return what.plan ? SweepPlanReport.of(spec) : Sweeps.run(runner, spec);
        });
    }
}
