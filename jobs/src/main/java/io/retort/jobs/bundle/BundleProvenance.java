package io.retort.jobs.bundle;

import io.retort.jobs.provenance.CodeVersion;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a bundle was made of. It holds no time and no host, so that equal work gives equal bytes.
 *
 * @param contentId see {@link BundleSpec#contentId}
 * @param code that made it
 * @param seed what randomness was drawn from
 * @param inputs ids and digests by name
 */
public record BundleProvenance(String contentId, CodeVersion code, long seed, SortedMap<String, String> inputs) {
    static BundleProvenance of(BundleSpec spec) {
        SortedMap<String, String> inputs = new TreeMap<>();
        inputs.put("corpus", spec.evaluation().corpus().corpusId());
        inputs.put(
                "teacher",
                spec.evaluation().router().experts().bytes().logits().identity().digest());
        inputs.put(
                "logits", spec.evaluation().router().experts().bytes().logits().logitsId());
        inputs.put("byte targets", spec.evaluation().router().experts().bytes().bytesId());
        inputs.put("experts", spec.evaluation().router().experts().expertsId());
        inputs.put("router", spec.evaluation().router().routerId());
        inputs.put("report", spec.evaluation().reportId());
        return new BundleProvenance(spec.contentId(), CodeVersion.current(), spec.seed(), inputs);
    }
}
