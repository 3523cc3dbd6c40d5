package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.recall.RecallSummary;
import io.retort.eval.routing.RoutingSummary;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Measures teacher, experts, ensemble and controls on the test split. */
public final class EvaluateJob implements Job<EvaluateSpec, EvaluateReport> {
    static final String NAME = "evaluate";
    static final int DOCUMENTS_A_SHARD = 16;
    /** Of the estimate only: documents that all models answer in a second and task, and bytes of their rows. */
    private static final double DOCUMENTS_A_SECOND_AND_TASK = 6;

    private static final int ROW_BYTES_A_DOCUMENT = 4000;

    /** Main class for spark-submit, with the options of {@code retort evaluate}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(EvaluateSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        String id = spec.reportId();
        Location report = spec.workspace().reports(id);
        if (ReportFiles.finished(storage, report)) {
            return Plan.alreadyDone(NAME, id, report.value());
        }
        long documents = testShards(spec.corpus().manifest(storage)).stream()
                .mapToLong(DocumentShard::documents)
                .sum();
        int tasks = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new Plan(
                NAME,
                id,
                Completion.TO_DO,
                List.of("give " + Figures.count(documents) + " test documents to the teacher, "
                        + spec.router().experts().distilled().size()
                        + " experts, the ensemble and the controls; report into " + report),
                new Cost(
                        Duration.ofSeconds(Math.round(5 + documents / DOCUMENTS_A_SECOND_AND_TASK / tasks)),
                        documents * ROW_BYTES_A_DOCUMENT,
                        0));
    }

    static List<DocumentShard> testShards(CorpusManifest corpus) {
        return DocumentShard.of(corpus, List.of(Split.TEST), DOCUMENTS_A_SHARD);
    }

    @Override
    public EvaluateReport execute(EvaluateSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        String id = spec.reportId();
        Location report = spec.workspace().reports(id);
        if (ReportFiles.finished(storage, report)) {
            return ReportFiles.read(storage, report, id, Completion.ALREADY_DONE);
        }
        context.log().input("router", spec.router().routerId());
        context.log().input("corpus", spec.corpus().corpusId());
        Evaluation evaluation = new Evaluation(spec, context);
        TrainSplitCounts trainSplit = evaluation.trainSplit();
        EvaluationSummary summary = evaluation.summary(evaluation.outcomes(trainSplit));
        RoutingSummary routing = evaluation.routing();
        Optional<RecallSummary> recall = evaluation.recall();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ReportFiles.write(
                storage,
                report,
                ReportDatas.of(spec, storage, summary, evaluation.overlaps(trainSplit), now, routing, recall)
                        .with(StageCosts.of(spec, storage, context.work().get())));
        context.log().output("report", id);
        return ReportFiles.read(storage, report, id, Completion.DONE);
    }
}
