package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.CorpusLayout;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.report.ReportData;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.EvaluationRoles;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.ExpertRole;
import io.retort.eval.summary.RunDescription;
import io.retort.inference.bundles.BundleManifest;
import io.retort.jobs.JobContext;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.Watch;
import io.retort.jobs.provenance.CodeVersion;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Measures a bundle that was made from one corpus on the test documents of another, as {@link EvaluateJob} measures, so that
 * it can be compared with what was made from the other. Of the models only the ensemble and each domain's expert are asked:
 * the teacher's and the floors' outcomes are those of a report that is there. A report is made once a bundle and reference.
 */
public final class BundleEvaluation {
    /** Raised when equal bundles and references give other figures than before. */
    private static final int VERSION = 1;

    private final JobContext context;
    private final Workspace workspace;

    public BundleEvaluation(JobContext context, Workspace workspace) {
        this.context = context;
        this.workspace = workspace;
    }

    /**
     * The report whose test documents are asked.
     *
     * @param directory where it is
     * @param id the report's
     * @param corpus the id of its corpus
     * @param bootstrap how its intervals were made
     */
    public record Reference(Location directory, String id, String corpus, BootstrapSettings bootstrap) {}

    /**
     * The directory of the bundle's report, made where it is not there yet.
     *
     * @param bundle the bundle's directory
     * @throws IllegalArgumentException if the workspace does not have the reference's corpus
     */
    public Location report(Location bundle, Reference reference) throws IOException {
        Storage storage = context.storage();
        BundleFiles files = BundleFiles.read(storage, bundle);
        String id = ContentId.of(
                "bundle-report",
                Map.of(
                        "version",
                        VERSION,
                        "bundle",
                        files.digest(),
                        "corpus",
                        reference.corpus(),
                        "of",
                        reference.id()));
        // Not among the reports of what the settings make.
        Location report = workspace.reports("of-bundles").resolve(id);
        if (!ReportFiles.finished(storage, report)) {
            context.log().input("corpus", reference.corpus());
            context.log().input("evaluated bundle", files.digest());
            write(new EvaluateTask.Place(id, corpus(reference), report), files, reference);
        }
        return report;
    }

    private Location corpus(Reference reference) throws IOException {
        Location corpus = workspace.corpus(reference.corpus());
        if (!context.storage().exists(corpus.resolve(CorpusLayout.MANIFEST))) {
            throw new IllegalArgumentException(
                    "expected the corpus of report " + reference.directory() + " at " + corpus
                            + " to evaluate the champion on its test documents, found none; make it by retort prepare with the"
                            + " candidate's settings");
        }
        return corpus;
    }

    private void write(EvaluateTask.Place place, BundleFiles files, Reference reference) throws IOException {
        BundleManifest manifest = files.retort().bundle().manifest();
        EvaluationRoles roles = EvaluationRoles.of(manifest.experts().stream()
                .map(expert -> new ExpertRole(expert.id(), expert.domain(), expert.parameters()))
                .toList());
        EvaluationSummary summary =
                Evaluation.summary(context, outcomes(place, files, reference), roles, reference.bootstrap());
        CodeVersion code = CodeVersion.current();
        RunDescription run = new RunDescription(
                place.reportId(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                code.version() + " " + code.commit(),
                Map.of("corpus", reference.corpus(), "bundle", files.digest()),
                Map.of("teacher and floors from report", reference.id()));
        String title = manifest.identity().name() + " " + manifest.identity().version() + " on another corpus";
        ReportFiles.write(context.storage(), place.report(), new ReportData(title, run, summary, List.of(), List.of()));
    }

    private List<String> outcomes(EvaluateTask.Place place, BundleFiles files, Reference reference) throws IOException {
        List<DocumentShard> shards = EvaluateJob.testShards(CorpusManifest.read(context.storage(), place.corpus()));
        BundleTask task = new BundleTask(
                context.storageSettings(),
                place,
                new EvaluateTask.Place(reference.id(), place.corpus(), reference.directory()),
                context.sparkContext().broadcast(files));
        try (Progress.Track track = context.progress().start("champion", shards.size(), "groups of documents");
                Watch watch = Watch.every(
                        Evaluation.LOOK_EVERY,
                        () -> track.at(
                                context.storage()
                                        .filesBelow(place.samples(), ".parquet")
                                        .size(),
                                ""))) {
            return context.distribute(shards).map(task).collect();
        }
    }
}
