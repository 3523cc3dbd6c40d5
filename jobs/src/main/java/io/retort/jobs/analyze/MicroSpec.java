package io.retort.jobs.analyze;

import com.typesafe.config.Config;
import io.retort.distill.analysis.ExpertPlace;
import io.retort.distill.analysis.MicroSettings;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.prepare.PrepareSpec;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.Map;

/**
 * Which expert to make small.
 *
 * @param corpus whose documents show what the expert is given
 * @param teacher whose expert it is
 * @param weights the same teacher's weights
 * @param place which expert
 * @param settings of the fit
 * @param observed which documents
 * @param samples tokens to fit to and to measure on, at most
 */
public record MicroSpec(
        PrepareSpec corpus,
        TeacherSource teacher,
        WeightSource weights,
        ExpertPlace place,
        MicroSettings settings,
        AnalyzeOptions.Observed observed,
        int samples)
        implements Spec {
    /** Raised when equal specs give another network than before. */
    private static final int VERSION = 1;

    public MicroSpec {
        if (samples < 2) {
            throw new IllegalArgumentException("expected retort.analyze.micro.samples of at least 2, found " + samples);
        }
    }

    /** The spec that the settings make. */
    public static MicroSpec of(Settings settings) {
        Config micro = settings.config().getConfig("analyze.micro");
        TeacherSource teacher = TeacherSource.of(settings);
        PrepareSpec corpus = PrepareSpec.of(settings);
        return new MicroSpec(
                corpus,
                teacher,
                WeightSource.of(settings.config().getString("teacher.path")),
                new ExpertPlace(micro.getInt("layer"), micro.getInt("expert")),
                new MicroSettings(
                        micro.getInt("hidden"),
                        micro.getInt("width"),
                        micro.getInt("steps"),
                        micro.getInt("batch"),
                        corpus.seed()),
                AnalyzeOptions.of(settings.config().getConfig("analyze")).observed(),
                micro.getInt("samples"));
    }

    @Override
    public Workspace workspace() {
        return corpus.workspace();
    }

    @Override
    public long seed() {
        return corpus.seed();
    }

    /** The micro-expert's id. */
    public String microId() {
        return ContentId.of(
                "micro-expert",
                Map.of(
                        "version", VERSION,
                        "corpus", corpus.corpusId(),
                        "weights", weights.digest(),
                        "place", place,
                        "settings", settings,
                        "observed", observed,
                        "samples", samples));
    }
}
