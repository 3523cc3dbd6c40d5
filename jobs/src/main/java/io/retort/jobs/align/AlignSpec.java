package io.retort.jobs.align;

import io.retort.datasets.bytes.AlignmentMethod;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Choices;
import io.retort.jobs.config.Settings;
import io.retort.jobs.teach.TeachSpec;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.Map;

/**
 * What byte targets to make.
 *
 * @param logits the spec of the logit dataset
 * @param method how close to the teacher
 */
public record AlignSpec(TeachSpec logits, AlignmentMethod method) implements Spec {
    /** Raised when equal specs give other targets than before. */
    private static final int VERSION = 2;

    /** The spec that the settings make. */
    public static AlignSpec of(Settings settings) {
        return new AlignSpec(
                TeachSpec.of(settings),
                Choices.of(
                        AlignmentMethod.class,
                        "retort.align.method",
                        settings.config().getString("align.method")));
    }

    /** The same of another logit dataset. */
    public AlignSpec of(TeachSpec other) {
        return new AlignSpec(other, method);
    }

    @Override
    public Workspace workspace() {
        return logits.workspace();
    }

    @Override
    public long seed() {
        return logits.seed();
    }

    /** The targets' id. */
    public String bytesId() {
        return ContentId.of("bytes", Map.of("version", VERSION, "logits", logits.logitsId(), "method", method.name()));
    }
}
