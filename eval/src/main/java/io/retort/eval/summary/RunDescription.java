package io.retort.eval.summary;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the figures come from.
 *
 * @param reportId the digest of what was evaluated
 * @param startedAt ISO 8601 in UTC; the caller's clock
 * @param codeVersion of the code that measured
 * @param inputs name → digest of bundles, corpora, teachers
 * @param settings name → value of whatever else decides the figures: seeds, limits, sample sizes
 */
public record RunDescription(
        String reportId,
        String startedAt,
        String codeVersion,
        Map<String, String> inputs,
        Map<String, String> settings) {
    public RunDescription {
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }
}
