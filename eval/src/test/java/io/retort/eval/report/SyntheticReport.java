package io.retort.eval.report;

import io.retort.eval.recall.RecallSummary;
import io.retort.eval.report.LearningCurve.Point;
import io.retort.eval.report.LearningCurve.Series;
import io.retort.eval.routing.RoutingState;
import io.retort.eval.routing.SyntheticRouting;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.EvaluationState;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.ExpertRole;
import io.retort.eval.summary.RunDescription;
import io.retort.eval.summary.SyntheticOutcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A report over made-up outcomes; {@code main} writes it to the path given, to be looked at in a browser. */
final class SyntheticReport {
    private SyntheticReport() {}

    static ReportData data() {
        EvaluationState state = new EvaluationState(SyntheticOutcomes.roles(), new BootstrapSettings(1, 300, 0.95));
        SyntheticOutcomes.documents(200, 5).forEach(state::update);
        return data(state.finish());
    }

    static ReportData data(EvaluationSummary summary) {
        List<LearningCurve> curves = new ArrayList<>();
        List<OverlapCheck> overlaps = new ArrayList<>();
        Random random = new Random(8);
        for (ExpertRole expert : SyntheticOutcomes.EXPERTS) {
            curves.add(curve(expert.name(), random));
            overlaps.add(new OverlapCheck(expert.domain(), 200, 0));
        }
        RunDescription run = new RunDescription(
                "5c1f0a9be27d43d1",
                "2026-01-02T03:04:05Z",
                "0.1.0",
                Map.of(
                        "bundle", "sha256:9b2f8a3c5d7e1f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8",
                        "corpus", "sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
                        "teacher", "nano sha256:77aa12"),
                Map.of("documents a domain", "200", "split", "test", "seed", "1"));
        RoutingState routing = new RoutingState();
        SyntheticRouting.observations(300, 6).forEach(routing::update);
        return new ReportData(
                "quickstart 1.0.0",
                run,
                summary,
                curves,
                overlaps,
                Optional.of(routing.finish(1.5, new BootstrapSettings(1, 300, 0.95))),
                Optional.of(recall()),
                Optional.of(cost()));
    }

    /** Less is recalled of longer prompts and of their middle; of the longest some depths were not asked for. */
    private static RecallSummary recall() {
        List<RecallSummary.Length> lengths = new ArrayList<>();
        for (int row = 0; row < 9; row++) {
            List<RecallSummary.Cell> cells = new ArrayList<>();
            for (int depth = 0; depth < RecallSummary.DEPTHS; depth++) {
                int asked = row == 8 && depth % 2 == 1 ? 0 : 20 + depth;
                cells.add(new RecallSummary.Cell(asked * (100 - row * 8 - 5 * (2 - Math.abs(2 - depth))) / 100, asked));
            }
            lengths.add(new RecallSummary.Length(128L << row, 256L << row, cells));
        }
        return new RecallSummary("recall", lengths);
    }

    /** A retried teaching with a price; nobody knows what the corpus cost. */
    private static RunCost cost() {
        RunCost.Teacher nobody = RunCost.Teacher.NONE;
        return new RunCost(List.of(
                new RunCost.Stage(
                        "prepare",
                        new RunCost.Runs(0, 0),
                        new RunCost.Tasks(0, 0, 0, 0),
                        new RunCost.Time(0, 0, 0),
                        new RunCost.Space(0, 0, 0, 0),
                        nobody),
                new RunCost.Stage(
                        "teach",
                        new RunCost.Runs(2, 1),
                        new RunCost.Tasks(64, 3, 1, 2),
                        new RunCost.Time(7384, 7012.5, 12.25),
                        new RunCost.Space(0, 0, 700L << 20, 5L << 30),
                        new RunCost.Teacher(1_234_567, 4321, 6500, 0.7407402)),
                new RunCost.Stage(
                        "distil",
                        new RunCost.Runs(1, 0),
                        new RunCost.Tasks(6, 0, 0, 1),
                        new RunCost.Time(150.4, 149, 3.5),
                        new RunCost.Space(1536, 1000, 900L << 20, 0),
                        nobody)));
    }

    private static LearningCurve curve(String expert, Random random) {
        List<Point> train = new ArrayList<>();
        List<Point> validation = new ArrayList<>();
        List<Point> alone = new ArrayList<>();
        double speed = 0.002 + 0.004 * random.nextDouble();
        for (int step = 0; step <= 1600; step += 2) {
            double loss = 0.25 + 3.8 * Math.exp(-speed * step) + 0.05 * random.nextGaussian();
            train.add(new Point(step, Math.max(0.05, loss)));
            if (step % 100 == 0) {
                validation.add(new Point(step, 0.3 + 3.7 * Math.exp(-speed * step)));
                alone.add(new Point(step, 0.45 + 3.6 * Math.exp(-speed * 0.8 * step)));
            }
        }
        return new LearningCurve(
                expert,
                "nats a byte",
                List.of(
                        new Series("train", train),
                        new Series("validation", validation),
                        new Series("validation without teacher", alone)));
    }

    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), HtmlReport.of(data()));
    }
}
