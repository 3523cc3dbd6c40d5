package io.retort.jobs.continuations;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.storage.Storage;
import io.retort.distill.continuations.Continuation;
import io.retort.distill.continuations.DocumentContinuation;
import io.retort.distill.teachers.NativeEngine;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What writing costs, found out by writing a little of every domain that the time suffices for, a few texts at first and as
 * many as an author writes side by side where it is fast. Domains that it does not suffice for count as the mean of the others.
 */
final class WritingSample {
    private static final int FIRST_TEXTS = 4;
    private static final int MOST_TEXTS = 32;
    /** Of the estimate only: what Parquet leaves of short texts, about. */
    private static final double COMPRESSION = 0.5;

    private static final double NANOS = 1e9;

    private final ContinuationSpec spec;
    private final Map<String, Rate> rates = new TreeMap<>();
    private final long begun = System.nanoTime();
    private int texts;
    private Cost cost = Cost.NOTHING;

    private WritingSample(ContinuationSpec spec) {
        this.spec = spec;
    }

    /** What a document of a domain costs. */
    private record Rate(double seconds, double bytes) {}

    /** Measures the shards that are left. */
    static WritingSample of(ContinuationSpec spec, Storage storage, List<DocumentShard> left) throws IOException {
        NativeEngine.prepare();
        WritingSample sample = new WritingSample(spec);
        sample.measure(storage, left);
        sample.cost = sample.total(left);
        return sample;
    }

    Cost cost() {
        return cost;
    }

    /** What was measured, in words. */
    String line() {
        return "from a sample of " + Figures.count(texts) + " texts of " + String.join(", ", rates.keySet()) + " in "
                + Figures.decimal(elapsed(), 1) + " s";
    }

    private void measure(Storage storage, List<DocumentShard> left) throws IOException {
        Map<String, List<DocumentShard>> byDomain =
                new TreeMap<>(left.stream().collect(Collectors.groupingBy(DocumentShard::domain)));
        WritingTask task = new WritingTask(
                StorageSettings.ofProcess(),
                spec.prompts().directory(),
                spec.directory(),
                spec.authors(),
                spec.options());
        SplittableRandom random = new SplittableRandom(spec.seed());
        double share = spec.sampling().time().toMillis() / 1000.0 / byDomain.size();
        for (Map.Entry<String, List<DocumentShard>> domain : byDomain.entrySet()) {
            if (rates.isEmpty() || elapsed() < share * byDomain.size()) {
                List<DocumentShard> shards = domain.getValue();
                List<Document> documents = read(storage, shards.get(random.nextInt(shards.size())));
                rates.put(domain.getKey(), rate(task.continuation(domain.getKey()), documents, elapsed() + share));
            }
        }
    }

    private List<Document> read(Storage storage, DocumentShard shard) throws IOException {
        try (ShardReader reader = new ShardReader(storage, spec.prompts().directory())) {
            return reader.read(shard);
        }
    }

    /** The last of ever more texts counts: those before it start the engine and have code compiled. */
    private Rate rate(DocumentContinuation continuation, List<Document> documents, double end) {
        int samples = spec.options().settings().samples();
        Rate rate = new Rate(0, 0);
        for (int wanted = FIRST_TEXTS; wanted <= MOST_TEXTS; wanted *= 2) {
            int count = Math.min(documents.size(), Math.max(1, wanted / samples));
            double from = elapsed();
            List<Continuation> written = continuation.continuations(documents.subList(0, count));
            double seconds = elapsed() - from;
            texts += written.size();
            long bytes = written.stream()
                    .flatMap(text -> text.document().stream())
                    .mapToLong(document -> document.text().getBytes(StandardCharsets.UTF_8).length)
                    .sum();
            rate = new Rate(seconds / count, (double) bytes / count);
            if (elapsed() + 2 * seconds > end) {
                break;
            }
        }
        return rate;
    }

    private Cost total(List<DocumentShard> left) {
        Rate mean = new Rate(
                rates.values().stream().mapToDouble(Rate::seconds).average().orElse(0),
                rates.values().stream().mapToDouble(Rate::bytes).average().orElse(0));
        double seconds = 0;
        double bytes = 0;
        for (DocumentShard shard : left) {
            Rate rate = rates.getOrDefault(shard.domain(), mean);
            seconds += shard.documents() * rate.seconds();
            bytes += shard.documents() * rate.bytes();
        }
        int tasks = spec.authors().effort() == Authors.Effort.OF_TASKS
                ? spec.sampling().tasks()
                : 1;
        return new Cost(Duration.ofSeconds(Math.round(seconds / tasks)), Math.round(COMPRESSION * bytes), 0);
    }

    private double elapsed() {
        return (System.nanoTime() - begun) / NANOS;
    }
}
