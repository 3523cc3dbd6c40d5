package io.retort.inference.comparison;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.BundleSource;
import io.retort.inference.bundles.FileEntry;
import io.retort.inference.bundles.Trust;
import io.retort.inference.json.JsonException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of two bundles, all of it checked.
 *
 * @param scores of its evaluation.json by their names, such as {@code retention.math}
 */
public record ComparedBundle(Bundle bundle, SortedMap<String, Score> scores) {
    public ComparedBundle {
        scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
    }

    /**
     * Opens a bundle to compare it.
     *
     * @throws BundleException with the first thing that is wrong with it, also where its evaluation is no JSON
     */
    public static ComparedBundle open(BundleSource source, Trust trust) {
        Bundle bundle = Bundle.open(source, trust);
        byte[] evaluation = source.read(BundleNames.EVALUATION, BundleNames.mostBytes(BundleNames.EVALUATION));
        FileEntry read = FileEntry.of(BundleNames.EVALUATION, evaluation);
        if (!bundle.manifest().documents().contains(read)) {
            throw new BundleException(source.location() + ": " + BundleNames.EVALUATION
                    + ": expected the file that was checked, found it changed meanwhile");
        }
        try {
            return new ComparedBundle(bundle, EvaluationScores.in(evaluation));
        } catch (JsonException e) {
            throw new BundleException(source.location() + ": " + BundleNames.EVALUATION + ": " + e.getMessage(), e);
        }
    }
}
