package io.retort.distill.bundling;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleIdentity;
import io.retort.inference.bundles.BundleManifest;
import io.retort.inference.bundles.BundleManifestJson;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.Checksums;
import io.retort.inference.bundles.ExpertEntry;
import io.retort.inference.bundles.FileEntry;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.RouterEntry;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.routing.Router;
import io.retort.inference.routing.RouterConfigJson;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bundle that is to be written.
 *
 * @param experts in the order of the router's outputs
 * @param stored how weights are stored; the router's are always stored in 32 bits
 */
public record BundleDraft(
        BundleIdentity identity,
        List<DraftExpert> experts,
        Router router,
        StoredType stored,
        DraftDocuments documents) {
    public BundleDraft {
        experts = List.copyOf(experts);
    }

    /**
     * Returns the bundle's files by path; an equal draft gives equal bytes. The runtime has opened them from memory.
     *
     * @throws IllegalArgumentException where a weight does not fit the stored type, or a name is none
     * @throws BundleException where the runtime would refuse them, such as for weights that do not fit their config
     */
    public SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (DraftExpert expert : experts) {
            files.put(
                    BundleNames.config(expert.id()),
                    JsonWriter.indented(expert.config().toJson()));
            files.put(BundleNames.weights(expert.id()), SafetensorsWriter.write(expert.weights(), stored, Map.of()));
        }
        files.put(BundleNames.ROUTER_CONFIG, JsonWriter.indented(RouterConfigJson.write(router.config())));
        files.put(BundleNames.ROUTER_WEIGHTS, SafetensorsWriter.write(router.tensors(), StoredType.F32, Map.of()));
        files.put(BundleNames.EVALUATION, documents.evaluation());
        files.put(BundleNames.MODEL_CARD, documents.modelCard());
        files.put(BundleNames.PROVENANCE, documents.provenance());
        files.put(BundleNames.MANIFEST, JsonWriter.indented(BundleManifestJson.write(manifest(files))));
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach(
                (path, content) -> digests.put(path, FileEntry.of(path, content).sha256()));
        files.put(BundleNames.CHECKSUMS, new Checksums(digests).toBytes());
        Bundle.open(new MemoryBundleSource(files));
        return files;
    }

    private BundleManifest manifest(SortedMap<String, byte[]> files) {
        List<ExpertEntry> entries = new ArrayList<>();
        for (DraftExpert expert : experts) {
            entries.add(new ExpertEntry(
                    expert.id(),
                    expert.domain(),
                    expert.config().family(),
                    expert.config().parameterCount(),
                    entry(files, BundleNames.weights(expert.id())),
                    entry(files, BundleNames.config(expert.id()))));
        }
        RouterEntry routerEntry = new RouterEntry(
                router.config().parameterCount(),
                entry(files, BundleNames.ROUTER_WEIGHTS),
                entry(files, BundleNames.ROUTER_CONFIG));
        List<FileEntry> others = List.of(
                entry(files, BundleNames.EVALUATION),
                entry(files, BundleNames.MODEL_CARD),
                entry(files, BundleNames.PROVENANCE));
        return new BundleManifest(identity, entries, routerEntry, others);
    }

    private static FileEntry entry(SortedMap<String, byte[]> files, String path) {
        return FileEntry.of(path, files.getOrDefault(path, new byte[0]));
    }
}
