package io.retort.jobs.evaluate;

import com.typesafe.config.Config;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.inference.tensors.StoredType;
import io.retort.jobs.config.Choices;
import io.retort.jobs.config.InvalidSettingException;
import io.retort.jobs.config.Settings;
import java.io.Serializable;

/**
 * What is measured.
 *
 * @param stored how the evaluated bundle's weights are stored: as those of the bundle that will carry the figures
 * @param crossDocuments test documents of each domain that all experts answer; of the others they only say how likely the
 *     reference is
 * @param ngramOrder of the byte n-gram control
 * @param ngramBytes text of each domain that it is fitted to, at most
 * @param bootstrap how intervals are made
 */
public record EvaluateOptions(
        StoredType stored, int crossDocuments, int ngramOrder, long ngramBytes, BootstrapSettings bootstrap)
        implements Serializable {
    public EvaluateOptions {
        if (crossDocuments < 0 || ngramBytes < 1) {
            throw new IllegalArgumentException("expected retort.evaluate.cross-documents of at least 0 and ngram-bytes"
                    + " of at least 1, found " + crossDocuments + " and " + ngramBytes);
        }
    }

    /**
     * The options that the settings make.
     *
     * @throws InvalidSettingException for a type that no bundle has
     */
    static EvaluateOptions of(Settings settings) {
        Config config = settings.config().getConfig("evaluate");
        return new EvaluateOptions(
                stored(settings),
                config.getInt("cross-documents"),
                config.getInt("ngram-order"),
                config.getBytes("ngram-bytes"),
                bootstrap(settings));
    }

    /** How the settings ask for intervals to be made. */
    public static BootstrapSettings bootstrap(Settings settings) {
        Config config = settings.config().getConfig("evaluate");
        return new BootstrapSettings(
                config.getLong("bootstrap-seed"),
                config.getInt("bootstrap-replicates"),
                config.getDouble("confidence-level"));
    }

    /** How a bundle's weights are stored, by {@code retort.bundle.stored}. */
    private static StoredType stored(Settings settings) {
        String key = "retort.bundle.stored";
        StoredType stored = Choices.of(StoredType.class, key, settings.config().getString("bundle.stored"));
        if (stored == StoredType.BF16) {
            throw new InvalidSettingException("expected " + key + " to be one of f32, f16, found \"bf16\"");
        }
        return stored;
    }
}
