package io.retort.jobs.teach;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.corpora.ContentShard;
import io.retort.jobs.corpora.ShardReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Draws documents as the teacher gets them: those of a shard that are next to each other in length, since a pass holds
 * such. Shards are drawn by size, lengths evenly over a shard's bytes, so that every byte of a domain is as likely as any
 * other; domains get their turns by size, each at least twice. Safe for use by many threads.
 */
final class SampleSlices {
    private static final int LEAST = 2;
    /** Multiples of the golden ratio, modulo 1, cover lengths evenly however many there are. */
    private static final double GOLDEN = 0.6180339887498949;

    private final Storage storage;
    private final Location corpus;
    private final Map<String, Stratum> strata = new TreeMap<>();
    private final SplittableRandom random;

    SampleSlices(Storage storage, Location corpus, List<ContentShard> shards, long seed) {
        this.storage = storage;
        this.corpus = corpus;
        this.random = new SplittableRandom(seed);
        for (ContentShard shard : shards) {
            Stratum stratum = strata.computeIfAbsent(shard.documents().domain(), domain -> new Stratum());
            stratum.shards.add(shard);
            stratum.textBytes += shard.textBytes();
        }
        strata.values().forEach(stratum -> stratum.shift = random.nextDouble());
    }

    /** A domain and what was drawn of it. */
    private static final class Stratum {
        private final List<ContentShard> shards = new ArrayList<>();
        private long textBytes;
        private int drawn;
        private double shift;

        /** The smaller, the sooner its turn comes. */
        double turn() {
            return drawn < LEAST ? drawn - LEAST : (drawn + 1.0) / textBytes;
        }
    }

    /** Documents of a domain. */
    record Slice(String domain, List<Document> documents, long textBytes) {}

    private record Draw(String domain, ContentShard shard, double quantile) {}

    /** Whether every domain had its two turns. */
    synchronized boolean everyDomainDrawn() {
        return strata.values().stream().allMatch(stratum -> stratum.drawn >= LEAST);
    }

    int domains() {
        return strata.size();
    }

    /** The next slice, of about so many bytes of text but at least a document. */
    Slice next(long textBytes) throws IOException {
        return read(draw(), textBytes);
    }

    /** Some slice, which takes no turn. */
    Slice unheeded(long textBytes) throws IOException {
        return read(anyDraw(), textBytes);
    }

    private Slice read(Draw draw, long textBytes) throws IOException {
        List<Document> documents;
        try (ShardReader reader = new ShardReader(storage, corpus)) {
            documents = reader.read(draw.shard().documents());
        }
        return slice(draw, documents, textBytes);
    }

    private synchronized Draw draw() {
        Map.Entry<String, Stratum> next = strata.entrySet().stream()
                .min(Comparator.comparingDouble(entry -> entry.getValue().turn()))
                .orElseThrow();
        Stratum stratum = next.getValue();
        stratum.drawn++;
        return within(next.getKey(), stratum, (stratum.shift + stratum.drawn * GOLDEN) % 1);
    }

    private synchronized Draw anyDraw() {
        List<String> domains = List.copyOf(strata.keySet());
        String domain = domains.get(random.nextInt(domains.size()));
        return within(domain, strata.getOrDefault(domain, new Stratum()), random.nextDouble());
    }

    private Draw within(String domain, Stratum stratum, double quantile) {
        long at = random.nextLong(Math.max(1, stratum.textBytes));
        for (ContentShard shard : stratum.shards) {
            at -= shard.textBytes();
            if (at < 0) {
                return new Draw(domain, shard, quantile);
            }
        }
        return new Draw(domain, stratum.shards.get(stratum.shards.size() - 1), quantile);
    }

    private static Slice slice(Draw draw, List<Document> documents, long textBytes) {
        List<Document> byLength = new ArrayList<>(documents);
        byLength.sort(Comparator.comparingLong(SampleSlices::bytes));
        long from = Math.round(draw.quantile() * Math.max(0, draw.shard().textBytes() - textBytes));
        List<Document> chosen = new ArrayList<>();
        long before = 0;
        long taken = 0;
        for (Document document : byLength) {
            long size = bytes(document);
            boolean reached = before + size > from;
            if (reached && (chosen.isEmpty() || taken + size <= textBytes)) {
                chosen.add(document);
                taken += size;
            }
            before += size;
        }
        return new Slice(draw.domain(), chosen, taken);
    }

    private static long bytes(Document document) {
        return document.text().getBytes(StandardCharsets.UTF_8).length;
    }
}
