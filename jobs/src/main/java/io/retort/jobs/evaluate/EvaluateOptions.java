package io.retort.jobs.evaluate;

import com.typesafe.config.Config;
import io.retort.eval.statistics.BootstrapSettings;
import java.io.Serializable;

/**
 * What is measured.
 *
 * @param crossDocuments test documents of each domain that all experts answer, for the controls that need them all
 * @param ngramOrder of the byte n-gram control
 * @param ngramBytes text of each domain that it is fitted to, at most
 * @param bootstrap how intervals are made
 */
public record EvaluateOptions(int crossDocuments, int ngramOrder, long ngramBytes, BootstrapSettings bootstrap)
        implements Serializable {
    public EvaluateOptions {
        if (crossDocuments < 0 || ngramBytes < 1) {
            throw new IllegalArgumentException("expected retort.evaluate.cross-documents of at least 0 and ngram-bytes"
                    + " of at least 1, found " + crossDocuments + " and " + ngramBytes);
        }
    }

    static EvaluateOptions of(Config config) {
        return new EvaluateOptions(
                config.getInt("cross-documents"),
                config.getInt("ngram-order"),
                config.getBytes("ngram-bytes"),
                new BootstrapSettings(
                        config.getLong("bootstrap-seed"),
                        config.getInt("bootstrap-replicates"),
                        config.getDouble("confidence-level")));
    }
}
