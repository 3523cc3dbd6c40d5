package io.retort.jobs.evaluate;

import io.retort.datasets.storage.Storage;
import io.retort.eval.recall.RecallSummary;
import io.retort.eval.report.LearningCurve;
import io.retort.eval.report.OverlapCheck;
import io.retort.eval.report.ReportData;
import io.retort.eval.routing.RoutingSummary;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.RunDescription;
import io.retort.jobs.config.Choices;
import io.retort.jobs.distil.CurvePoint;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.ExpertFiles;
import io.retort.jobs.distil.ExpertReport;
import io.retort.jobs.distil.ExpertSpec;
import io.retort.jobs.provenance.CodeVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts together all that a report shows. */
final class ReportDatas {
    private ReportDatas() {}

    static ReportData of(
            EvaluateSpec spec,
            Storage storage,
            EvaluationSummary summary,
            List<OverlapCheck> overlaps,
            Instant now,
            RoutingSummary routing,
            Optional<RecallSummary> recall)
            throws IOException {
        CodeVersion code = CodeVersion.current();
        Map<String, String> inputs = new TreeMap<>();
        inputs.put("corpus", spec.corpus().corpusId());
        inputs.put(
                "teacher", spec.router().experts().bytes().logits().identity().digest());
        inputs.put("logits", spec.router().experts().bytes().logits().logitsId());
        inputs.put("experts", spec.router().experts().expertsId());
        for (ExpertSpec expert : spec.router().experts().experts()) {
            inputs.put(
                    "expert." + expert.name(),
                    spec.router().experts().directory(expert).name());
        }
        inputs.put("router", spec.router().routerId());
        Map<String, String> settings = new TreeMap<>();
        settings.put("seed", Long.toString(spec.seed()));
        settings.put("cross-documents", Integer.toString(spec.options().crossDocuments()));
        settings.put("stored", Choices.label(spec.options().stored()));
        settings.put("ngram-order", Integer.toString(spec.options().ngramOrder()));
        settings.put("ngram-bytes", Long.toString(spec.options().ngramBytes()));
        RunDescription run = new RunDescription(
                spec.reportId(), now.toString(), code.version() + " " + code.commit(), inputs, settings);
        return new ReportData(
                "Experts " + spec.router().experts().expertsId(),
                run,
                summary,
                curves(spec.router().experts(), storage),
                overlaps,
                Optional.of(routing),
                recall,
                Optional.empty());
    }

    private static List<LearningCurve> curves(DistilSpec experts, Storage storage) throws IOException {
        List<LearningCurve> curves = new ArrayList<>();
        for (ExpertSpec expert : experts.experts()) {
            ExpertReport report =
                    ExpertFiles.read(storage, experts.directory(expert)).report();
            curves.add(new LearningCurve(
                    expert.name(),
                    "nats a position, weighted",
                    List.of(series(report, CurvePoint.TRAIN), series(report, CurvePoint.VALIDATION))));
        }
        return curves;
    }

    private static LearningCurve.Series series(ExpertReport report, String name) {
        return new LearningCurve.Series(
                name,
                report.curve().stream()
                        .filter(point -> point.series().equals(name))
                        .map(point -> new LearningCurve.Point(point.step(), point.loss()))
                        .toList());
    }
}
