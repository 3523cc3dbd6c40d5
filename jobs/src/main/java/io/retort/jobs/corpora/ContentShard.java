package io.retort.jobs.corpora;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.DocumentOutline;
import io.retort.datasets.corpus.DocumentOutlineReader;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A shard that is cut by content, see {@link ContentCuts}: the same documents in a row make the same shard in every
 * corpus.
 *
 * @param documents where its documents lie
 * @param digest of their ids in order, 64 hex digits
 * @param textBytes UTF-8 bytes of their texts
 */
public record ContentShard(DocumentShard documents, String digest, long textBytes) implements Serializable {

    /**
     * The shards of a corpus, domain after domain, split after split; a function of its documents and their order alone.
     *
     * @param documentsPerShard about so many, from half to twice
     */
    public static List<ContentShard> of(
            Storage storage, Location corpus, CorpusManifest manifest, List<Split> splits, int documentsPerShard)
            throws IOException {
        return of(storage, corpus, manifest, splits, documentsPerShard, DocumentChoice.ALL);
    }

    /** The shards of those documents of a corpus that are taken. */
    public static List<ContentShard> of(
            Storage storage,
            Location corpus,
            CorpusManifest manifest,
            List<Split> splits,
            int documentsPerShard,
            DocumentChoice choice)
            throws IOException {
        List<ContentShard> shards = new ArrayList<>();
        for (String domain : manifest.domains()) {
            for (Split split : splits) {
                Map<String, List<DocumentOutline>> files = new LinkedHashMap<>();
                for (CorpusFile file : manifest.files(domain, split)) {
                    files.put(file.path(), DocumentOutlineReader.read(storage, corpus, file));
                }
                List<DocumentOutline> all =
                        files.values().stream().flatMap(List::stream).toList();
                Predicate<DocumentOutline> taken = choice.among(domain, split, all);
                Cutting cutting = new Cutting(domain, split, ContentCuts.about(documentsPerShard));
                files.forEach((path, outlines) -> cutting.add(path, outlines, taken));
                shards.addAll(cutting.finish());
            }
        }
        return shards;
    }

    /** Cuts the documents of one domain and split, file after file. */
    static final class Cutting {
        private final String domain;
        private final Split split;
        private final ContentCuts cuts;
        private final List<ContentShard> shards = new ArrayList<>();
        private final List<DocumentShard.Part> parts = new ArrayList<>();
        private final ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES);
        private Sha256 digest = new Sha256();
        private long before;
        private int documents;
        private long textBytes;

        Cutting(String domain, Split split, ContentCuts cuts) {
            this.domain = domain;
            this.split = split;
            this.cuts = cuts;
        }

        void add(String path, List<DocumentOutline> outlines, Predicate<DocumentOutline> taken) {
            int from = 0;
            for (int i = 0; i < outlines.size(); i++) {
                DocumentOutline outline = outlines.get(i);
                if (!taken.test(outline)) {
                    part(path, from, i);
                    from = i + 1;
                    continue;
                }
                documents++;
                textBytes += outline.textBytes();
                digest.update(id.clear()
                        .putLong(outline.idHigh())
                        .putLong(outline.idLow())
                        .array());
                if (cuts.endAfter(outline, documents)) {
                    part(path, from, i + 1);
                    from = i + 1;
                    end();
                }
            }
            part(path, from, outlines.size());
        }

        private void part(String path, int from, int to) {
            if (from < to) {
                parts.add(new DocumentShard.Part(path, from, (long) to - from));
            }
        }

        private void end() {
            shards.add(new ContentShard(
                    new DocumentShard(domain, split, shards.size(), before, parts), digest.hex(), textBytes));
            parts.clear();
            before += documents;
            documents = 0;
            textBytes = 0;
            digest = new Sha256();
        }

        List<ContentShard> finish() {
            if (documents > 0) {
                end();
            }
            return List.copyOf(shards);
        }
    }
}
