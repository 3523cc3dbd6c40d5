package io.retort.inference.bundles;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a bundle says about itself, and thereby every file that it has.
 *
 * @param experts at least one, in the order of the router's outputs
 * @param documents the entries of evaluation.json, MODEL_CARD.md and provenance.json, in this order
 */
public record BundleManifest(
        BundleIdentity identity, List<ExpertEntry> experts, RouterEntry router, List<FileEntry> documents) {
    /** The version of the format that this code writes; it reads every one of the same major version. */
    public static final FormatVersion FORMAT_VERSION = new FormatVersion(1, 0);

    static final List<String> DOCUMENTS =
            List.of(BundleNames.EVALUATION, BundleNames.MODEL_CARD, BundleNames.PROVENANCE);

    public BundleManifest {
        experts = List.copyOf(experts);
        documents = List.copyOf(documents);
        Set<String> ids = new HashSet<>();
        for (ExpertEntry expert : experts) {
            ids.add(expert.id());
        }
        if (experts.isEmpty() || experts.size() > BundleNames.MAX_EXPERTS || ids.size() != experts.size()) {
            throw new IllegalArgumentException("expected 1 to " + BundleNames.MAX_EXPERTS
                    + " experts with unique ids, found " + experts.size() + " with " + ids.size());
        }
        for (int i = 0; i < Math.max(DOCUMENTS.size(), documents.size()); i++) {
            if (documents.size() != DOCUMENTS.size() || !documents.get(i).path().equals(DOCUMENTS.get(i))) {
                throw new IllegalArgumentException("expected the documents " + DOCUMENTS + ", found " + documents);
            }
        }
    }

    /** Returns the entries of all files but the manifest and the checksums. */
    public List<FileEntry> files() {
        List<FileEntry> files = new ArrayList<>();
        for (ExpertEntry expert : experts) {
            files.add(expert.config());
            files.add(expert.weights());
        }
        files.add(router.config());
        files.add(router.weights());
        files.addAll(documents);
        return files;
    }

    /** Returns the digest of what the bundle was made of. */
    public String provenanceDigest() {
        return documents.get(2).sha256();
    }
}
