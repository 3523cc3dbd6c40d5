package io.retort.jobs.analyze;

import com.typesafe.config.Config;
import io.retort.distill.analysis.Permutations;
import io.retort.distill.analysis.ProbeSettings;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.prepare.PrepareSpec;
import io.retort.jobs.teachers.Served;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.Map;

/**
 * What to analyse.
 *
 * @param corpus whose documents the router is observed on
 * @param teacher whose router is observed
 * @param teacherDigest what the teacher is; empty where it is not asked
 * @param weights whose experts' weights are read
 * @param options how
 */
public record AnalyzeSpec(
        PrepareSpec corpus, TeacherSource teacher, String teacherDigest, WeightSource weights, AnalyzeOptions options)
        implements Spec {
    /** Raised when equal specs give another analysis than before. */
    private static final int VERSION = 1;

    public AnalyzeSpec {
        // Settings that cannot be are found before a long run and not in it.
        probeSettings(options, corpus);
        new Permutations(options.permutations(), corpus.seed());
    }

    /** The spec that the settings make. */
    public static AnalyzeSpec of(Settings settings) {
        Config analyze = settings.config().getConfig("analyze");
        AnalyzeOptions options = AnalyzeOptions.of(analyze);
        TeacherSource teacher = TeacherSource.of(settings);
        boolean observes = options.has(AnalysisPart.DYNAMIC);
        String checkpoint = analyze.getString("checkpoint");
        if (teacher instanceof Served && options.has(AnalysisPart.STATIC) && checkpoint.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected the weights of the served teacher in retort.analyze.checkpoint,"
                            + " found none; or analyze without the part static");
        }
        return new AnalyzeSpec(
                PrepareSpec.of(settings),
                teacher,
                observes ? teacher.identity().digest() : "",
                options.has(AnalysisPart.STATIC)
                        ? WeightSource.of(
                                checkpoint.isEmpty() ? settings.config().getString("teacher.path") : checkpoint)
                        : WeightSource.NONE,
                options);
    }

    @Override
    public Workspace workspace() {
        return corpus.workspace();
    }

    @Override
    public long seed() {
        return corpus.seed();
    }

    /** The control's shuffles. */
    Permutations control() {
        return new Permutations(options.permutations(), seed());
    }

    /** How weights are estimated. */
    ProbeSettings probeSettings() {
        return probeSettings(options, corpus);
    }

    private static ProbeSettings probeSettings(AnalyzeOptions options, PrepareSpec corpus) {
        return new ProbeSettings(options.probes(), options.sketch(), corpus.seed());
    }

    /** The analysis' id. */
    public String analysisId() {
        boolean observes = options.has(AnalysisPart.DYNAMIC);
        return ContentId.of(
                "analysis",
                Map.of(
                        "version",
                        VERSION,
                        "corpus",
                        observes ? corpus.corpusId() : "",
                        "teacher",
                        teacherDigest,
                        "weights",
                        weights.digest(),
                        "seed",
                        seed(),
                        "options",
                        options));
    }
}
