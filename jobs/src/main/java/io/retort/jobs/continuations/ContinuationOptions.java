package io.retort.jobs.continuations;

import com.typesafe.config.Config;
import io.retort.distill.continuations.ContinuationSettings;
import io.retort.distill.continuations.DocumentContinuation.Judge;
import io.retort.jobs.config.Choices;
import io.retort.jobs.config.Settings;
import io.retort.jobs.corpora.Checkers;
import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a train split is written.
 *
 * @param settings of every text
 * @param keep which texts become documents
 * @param originals what becomes of the documents that were continued
 * @param shardDocuments documents a task continues at a time, about
 * @param refusedLimit largest share of texts that the author may refuse to write; decides nothing of the others
 */
public record ContinuationOptions(
        ContinuationSettings settings, Keep keep, Originals originals, int shardDocuments, double refusedLimit)
        implements Serializable {
    private static final String KEY = "retort.teach.continuations";

    /** The options that the settings give. */
    public static ContinuationOptions of(Settings settings) {
        Config teach = settings.config().getConfig("teach");
        Config config = teach.getConfig("continuations");
        try {
            return new ContinuationOptions(
                    new ContinuationSettings(
                            config.getDouble("temperature"),
                            config.getDouble("top-p"),
                            config.getInt("samples"),
                            config.getInt("max-bytes"),
                            config.getDouble("text-share"),
                            settings.config().getLong("seed")),
                    Choices.of(Keep.class, KEY + ".keep", config.getString("keep")),
                    config.getBoolean("originals") ? Originals.KEPT : Originals.REPLACED,
                    teach.getInt("shard-documents"),
                    teach.getDouble("quarantine-limit"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(KEY + ": " + e.getMessage(), e);
        }
    }

    ContinuationOptions with(Originals other) {
        return new ContinuationOptions(settings, keep, other, shardDocuments, refusedLimit);
    }

    Judge judge() {
        return keep == Keep.ALL
                ? Judge.LENIENT
                : (document, answer) ->
                        Checkers.of(document).check(document, answer).correct();
    }

    /** All of it that decides what is written, by the names of the settings. */
    SortedMap<String, String> canonical() {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("temperature", Double.toString(settings.temperature()));
        all.put("top-p", Double.toString(settings.topP()));
        all.put("samples", Integer.toString(settings.samples()));
        all.put("max-bytes", Integer.toString(settings.maxBytes()));
        all.put("text-share", Double.toString(settings.textShare()));
        all.put("seed", Long.toString(settings.seed()));
        all.put("keep", Choices.label(keep));
        all.put("originals", Boolean.toString(originals == Originals.KEPT));
        // Texts are drawn in batches, which rounding may depend on.
        all.put("shard-documents", Integer.toString(shardDocuments));
        return all;
    }
}
