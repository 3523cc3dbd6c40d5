package io.retort.jobs.align;

import io.retort.datasets.bytes.AlignmentMethod;
import io.retort.datasets.bytes.ByteDistributions;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Choices;
import io.retort.jobs.config.Settings;
import io.retort.jobs.teach.TeachSpec;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What byte targets to make.
 *
 * @param logits the spec of the logit dataset
 * @param method how close to the teacher
 * @param symbols of a position that are kept at most
 */
public record AlignSpec(TeachSpec logits, AlignmentMethod method, int symbols) implements Spec {
    /** Raised when equal specs give other targets than before. */
    private static final int VERSION = 1;

    public AlignSpec {
        if (symbols < 1 || symbols > ByteDistributions.MOST_SYMBOLS) {
            throw new IllegalArgumentException(
                    "expected retort.align.symbols of 1 to " + ByteDistributions.MOST_SYMBOLS + ", found " + symbols);
        }
    }

    /** The spec that the settings make. */
    public static AlignSpec of(Settings settings) {
        return new AlignSpec(
                TeachSpec.of(settings),
                Choices.of(
                        AlignmentMethod.class,
                        "retort.align.method",
                        settings.config().getString("align.method")),
                settings.config().getInt("align.symbols"));
    }

    /** The same of another logit dataset. */
    public AlignSpec of(TeachSpec other) {
        return new AlignSpec(other, method, symbols);
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
        Map<String, Object> madeFrom =
                new TreeMap<>(Map.of("version", VERSION, "logits", logits.logitsId(), "method", method.name()));
        if (symbols != ByteDistributions.STANDARD_SYMBOLS) {
            madeFrom.put("symbols", symbols);
        }
        return ContentId.of("bytes", madeFrom);
    }

    /** Whether the targets are there. */
    public boolean finished(Storage storage) throws IOException {
        return storage.exists(workspace().bytes(bytesId()).resolve(ByteManifest.FILE_NAME));
    }
}
