package io.retort.jobs.teach;

import io.retort.datasets.logits.LogitManifest;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Choices;
import io.retort.jobs.config.Settings;
import io.retort.jobs.continuations.Authors;
import io.retort.jobs.continuations.ContinuationSpec;
import io.retort.jobs.corpora.CorpusSpec;
import io.retort.jobs.prepare.PrepareSpec;
import io.retort.jobs.teachers.TeacherIdentity;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What logit dataset to make.
 *
 * @param corpus the spec of the corpus to score
 * @param teacher where the teacher is
 * @param identity what it is
 * @param options how to teach
 * @param weights by which documents of the train split are drawn
 * @param planning how to find out what it costs
 */
public record TeachSpec(
        CorpusSpec corpus,
        TeacherSource teacher,
        TeacherIdentity identity,
        TeachOptions options,
        WeightFiles weights,
        PlanOptions planning)
        implements Spec {
    public TeachSpec {
        if (corpus instanceof ContinuationSpec && !weights.files().isEmpty()) {
            throw new IllegalArgumentException(
                    "expected retort.teach.weights.files or texts that are written (--generate,"
                            + " --on-policy), found both: weights are of documents, and what is written has none");
        }
    }

    /** Raised when equal specs give other logits than before. */
    private static final int VERSION = 3;

    private static final int LARGEST_MANIFEST = 256 << 20;

    /** The spec that the settings make. */
    public static TeachSpec of(Settings settings) {
        TeacherSource teacher = TeacherSource.of(settings);
        TeacherIdentity identity = teacher.identity();
        TeachOptions options = TeachOptions.of(settings);
        Texts texts =
                Choices.of(Texts.class, "retort.teach.texts", settings.config().getString("teach.texts"));
        PrepareSpec prompts = PrepareSpec.of(settings);
        CorpusSpec corpus = texts == Texts.CORPUS
                ? prompts
                : ContinuationSpec.of(settings, prompts, Authors.of(settings, teacher, identity));
        return new TeachSpec(
                corpus,
                teacher,
                identity,
                options,
                WeightFiles.of(settings.config().getConfig("teach")),
                PlanOptions.of(settings.config()));
    }

    /** The same teacher on another corpus. */
    public TeachSpec of(CorpusSpec other) {
        return new TeachSpec(other, teacher, identity, options, weights, planning);
    }

    @Override
    public Workspace workspace() {
        return corpus.workspace();
    }

    @Override
    public long seed() {
        return corpus.seed();
    }

    /** The dataset's id. */
    public String logitsId() {
        Map<String, Object> madeFrom = new TreeMap<>(Map.of(
                "version", VERSION,
                "corpus", corpus.corpusId(),
                "teacher", identity.digest(),
                "tokenizer", identity.tokenizerDigest(),
                "splits", options.splits(),
                "shardDocuments", options.shardDocuments(),
                "settings", options.logitSettings().canonical()));
        if (!weights.files().isEmpty()) {
            madeFrom.put("weights", weights.digests());
            madeFrom.put("share", weights.share());
            madeFrom.put("seed", seed());
        }
        return ContentId.of("logits", madeFrom);
    }

    /** Whether the dataset is there. */
    public boolean finished(Storage storage) throws IOException {
        return storage.exists(workspace().logits(logitsId()).resolve(LogitManifest.FILE_NAME));
    }

    /**
     * The manifest of the dataset.
     *
     * @throws IllegalArgumentException if the dataset is not finished
     */
    public LogitManifest manifest(Storage storage) throws IOException {
        Location file = workspace().logits(logitsId()).resolve(LogitManifest.FILE_NAME);
        if (!storage.exists(file)) {
            throw new IllegalArgumentException("expected a finished logit dataset with " + file
                    + "; make it by retort teach with the same settings");
        }
        return LogitManifest.parse(storage.read(file, LARGEST_MANIFEST), file.value());
    }
}
