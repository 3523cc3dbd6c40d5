package io.retort.jobs.continuations;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.storage.Storage;
import io.retort.distill.continuations.Continuation;
import io.retort.distill.continuations.DocumentContinuation;
import io.retort.distill.teachers.NativeEngine;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds out what writing costs by writing a little of every domain. */
final class WritingSample {
    /** As many texts as an author writes side by side, about. */
    private static final int TEXTS = 32;
    /** Start and compilation, of the estimate only. */
    private static final int START_SECONDS = 5;

    private static final double NANOS = 1e9;

    private WritingSample() {}

    /** What a document of a domain costs. */
    private record Rate(double seconds, double bytes) {}

    /** The cost of these shards: domains that the time does not suffice for count as the mean of the others. */
    static Cost cost(ContinuationSpec spec, Storage storage, List<DocumentShard> left) throws IOException {
        NativeEngine.prepare();
        Map<String, List<DocumentShard>> byDomain =
                new TreeMap<>(left.stream().collect(Collectors.groupingBy(DocumentShard::domain)));
        WritingTask task = new WritingTask(
                StorageSettings.ofProcess(),
                spec.prompts().directory(),
                spec.directory(),
                spec.authors(),
                spec.options());
        SplittableRandom random = new SplittableRandom(spec.seed());
        Map<String, Rate> rates = new TreeMap<>();
        long begun = System.nanoTime();
        for (Map.Entry<String, List<DocumentShard>> domain : byDomain.entrySet()) {
            if (!rates.isEmpty() && seconds(begun) > spec.sampling().time().toMillis() / 1000.0) {
                break;
            }
            List<DocumentShard> shards = domain.getValue();
            DocumentShard shard = shards.get(random.nextInt(shards.size()));
            DocumentContinuation continuation = task.continuation(domain.getKey());
            List<Document> documents = documents(spec, storage, shard);
            if (rates.isEmpty()) {
                continuation.continuations(documents.subList(0, 1)); // the engine starts, code is compiled
            }
            rates.put(domain.getKey(), rate(continuation, documents));
        }
        double seconds = 0;
        double bytes = 0;
        Rate mean = new Rate(
                rates.values().stream().mapToDouble(Rate::seconds).average().orElse(0),
                rates.values().stream().mapToDouble(Rate::bytes).average().orElse(0));
        for (DocumentShard shard : left) {
            Rate rate = rates.getOrDefault(shard.domain(), mean);
            seconds += shard.documents() * rate.seconds();
            bytes += shard.documents() * rate.bytes();
        }
        return new Cost(
                Duration.ofSeconds(
                        START_SECONDS + Math.round(seconds / spec.sampling().tasks())),
                Math.round(bytes),
                0);
    }

    private static List<Document> documents(ContinuationSpec spec, Storage storage, DocumentShard shard)
            throws IOException {
        try (ShardReader reader = new ShardReader(storage, spec.prompts().directory())) {
            List<Document> documents = reader.read(shard);
            int most = Math.max(1, TEXTS / spec.options().settings().samples());
            return documents.subList(0, Math.min(most, documents.size()));
        }
    }

    private static Rate rate(DocumentContinuation continuation, List<Document> documents) {
        long begun = System.nanoTime();
        List<Continuation> written = continuation.continuations(documents);
        double seconds = seconds(begun);
        long bytes = written.stream()
                .flatMap(text -> text.document().stream())
                .mapToLong(document -> document.text().length())
                .sum();
        return new Rate(seconds / documents.size(), (double) bytes / documents.size());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / NANOS;
    }
}
