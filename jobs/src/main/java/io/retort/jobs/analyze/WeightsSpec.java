package io.retort.jobs.analyze;

import com.typesafe.config.Config;
import io.retort.datasets.corpus.Split;
import io.retort.distill.analysis.TrainingWeights;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.Map;

/**
 * Which documents to weigh.
 *
 * @param analysis the spec of the analysis whose expert map weighs
 * @param domain whose documents are weighed by whose experts
 * @param split of them
 * @param weighing how
 */
public record WeightsSpec(AnalyzeSpec analysis, String domain, Split split, TrainingWeights weighing) implements Spec {
    /** Raised when equal specs give other weights than before. */
    private static final int VERSION = 1;

    public WeightsSpec {
        if (!analysis.options().has(AnalysisPart.DYNAMIC)) {
            throw new IllegalArgumentException(
                    "expected retort.analyze.parts with dynamic, whose map weighs documents, found "
                            + analysis.options().parts());
        }
        if (analysis.corpus().domains().stream().noneMatch(d -> d.name().equals(domain))) {
            throw new IllegalArgumentException(
                    "expected one of retort.domains as retort.analyze.weights.domain, found" + " \"" + domain + "\"");
        }
    }

    /** The spec that the settings make. */
    public static WeightsSpec of(Settings settings) {
        Config weights = settings.config().getConfig("analyze.weights");
        return new WeightsSpec(
                AnalyzeSpec.of(settings),
                weights.getString("domain"),
                Split.labelled(weights.getString("split")),
                new TrainingWeights(weights.getDouble("strength"), weights.getDouble("limit")));
    }

    @Override
    public Workspace workspace() {
        return analysis.workspace();
    }

    @Override
    public long seed() {
        return analysis.seed();
    }

    /** The weights' id. */
    public String weightsId() {
        return ContentId.of(
                "training-weights",
                Map.of(
                        "version", VERSION,
                        "analysis", analysis.analysisId(),
                        "domain", domain,
                        "split", split,
                        "weighing", weighing));
    }
}
