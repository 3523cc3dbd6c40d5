package io.retort.jobs.evaluate;

import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.corpora.CorpusSpec;
import io.retort.jobs.route.RouteSpec;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.Map;

/**
 * What to evaluate.
 *
 * @param router the spec of the router, and through it of the experts, the teacher and the corpus
 * @param options what is measured
 */
public record EvaluateSpec(RouteSpec router, EvaluateOptions options) implements Spec {
    /** Raised when equal specs give other figures than before. */
    private static final int VERSION = 4;

    /** The spec that the settings make. */
    public static EvaluateSpec of(Settings settings) {
        return new EvaluateSpec(RouteSpec.of(settings), EvaluateOptions.of(settings));
    }

    @Override
    public Workspace workspace() {
        return router.workspace();
    }

    @Override
    public long seed() {
        return router.seed();
    }

    /** The corpus whose test split is asked. */
    public CorpusSpec corpus() {
        return router.experts().bytes().logits().corpus();
    }

    /** The report's id; the router's says nothing of the controls, which the report has. */
    public String reportId() {
        return ContentId.of(
                "report",
                Map.of(
                        "version",
                        VERSION,
                        "router",
                        router.routerId(),
                        "controls",
                        router.experts().controlsId(),
                        "options",
                        options));
    }
}
