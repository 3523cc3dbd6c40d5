package io.retort.jobs.teach;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.Chunker;
import io.retort.datasets.logits.EncodedShard;
import io.retort.datasets.logits.LogitRowBuilder;
import io.retort.datasets.logits.LogitShardWriter;
import io.retort.datasets.logits.QuarantineFile;
import io.retort.datasets.logits.QuarantineReason;
import io.retort.datasets.logits.QuarantineRow;
import io.retort.datasets.logits.RowOutcome;
import io.retort.datasets.logits.ShardKey;
import io.retort.datasets.logits.ShardOrigin;
import io.retort.datasets.logits.ShardSummary;
import io.retort.datasets.logits.ShardVerification;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.teachers.RowVisitor;
import io.retort.distill.teachers.Teacher;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the shards of one dataset, one after the other. For one thread; the teacher may be shared. */
final class ShardTeaching {
    private static final int LARGEST_SHARD = Integer.MAX_VALUE - 8;

    private final Storage storage;
    private final Location dataset;
    private final Teacher teacher;
    private final ShardOrigin origin;
    private final Chunker chunker;

    ShardTeaching(Storage storage, Location dataset, Teacher teacher, ShardOrigin origin) {
        this.storage = storage;
        this.dataset = dataset;
        this.teacher = teacher;
        this.origin = origin;
        this.chunker = Chunker.fitting(teacher.contextTokens());
    }

    /** Makes the shard of these documents, or finds it made. */
    ShardResult teach(String domain, List<Document> documents) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        List<QuarantineRow> quarantine = new ArrayList<>();
        Map<QuarantineReason, Integer> unscored = new EnumMap<>(QuarantineReason.class);
        for (Document document : documents) {
            TokenisedDocument tokenised = TokenisedDocument.of(document, teacher.tokenizer());
            Optional<QuarantineRow> refused = tokenised.quarantine();
            if (refused.isPresent()) {
                quarantine.add(refused.get());
                unscored.merge(refused.get().reason(), 1, Integer::sum);
            } else {
                chunks.addAll(chunker.chunks(tokenised));
            }
        }
        ShardKey key = ShardKey.of(chunks, origin);
        String path = "domain=" + domain + "/" + key.fileName();
        Optional<ShardSummary> there = find(path, key);
        if (there.isPresent()) {
            return ShardResult.of(path, there.get(), unscored, costOf(key, documents.size()), true);
        }
        long begun = System.nanoTime();
        EncodedShard shard = score(chunks, key, quarantine);
        long tokens = chunks.stream().mapToLong(chunk -> chunk.ids().length).sum();
        ShardCost cost = new ShardCost(documents.size(), tokens, (System.nanoTime() - begun) / 1e9);
        write(path, key, shard, quarantine, cost);
        return ShardResult.of(path, shard.summary(), unscored, cost, false);
    }

    private Optional<ShardSummary> find(String path, ShardKey key) throws IOException {
        Location file = dataset.resolve(path);
        if (!storage.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ShardVerification.verify(storage.read(file, LARGEST_SHARD), file.value(), key));
        } catch (InvalidDataException e) {
            // A damaged shard is made again: its content is a function of its key.
            return Optional.empty();
        }
    }

    private EncodedShard score(List<Chunk> chunks, ShardKey key, List<QuarantineRow> quarantine) {
        List<LogitRowBuilder> builders = chunks.stream()
                .map(chunk -> new LogitRowBuilder(chunk, origin.settings()))
                .toList();
        teacher.score(chunks.stream().map(Chunk::ids).toList(), new RowVisitor(builders));
        LogitShardWriter writer = new LogitShardWriter(key, origin);
        for (LogitRowBuilder builder : builders) {
            RowOutcome outcome = builder.finish();
            if (outcome instanceof RowOutcome.Scored scored) {
                writer.add(scored.row());
            } else if (outcome instanceof RowOutcome.Quarantined quarantined) {
                writer.count(quarantined.row());
                quarantine.add(quarantined.row());
            }
        }
        return writer.finish();
    }

    /** The shard comes last: where it is, all that belongs to it is. */
    private void write(String path, ShardKey key, EncodedShard shard, List<QuarantineRow> quarantine, ShardCost cost)
            throws IOException {
        if (!quarantine.isEmpty()) {
            storage.write(dataset.resolve("quarantine/" + key.fileName()), QuarantineFile.write(quarantine));
        }
        Json.write(storage, costFile(key), cost);
        storage.write(dataset.resolve(path), shard.file());
    }

    private ShardCost costOf(ShardKey key, int documents) throws IOException {
        Location file = costFile(key);
        return storage.exists(file) ? Json.read(storage, file, ShardCost.class) : new ShardCost(documents, 0, 0);
    }

    private Location costFile(ShardKey key) {
        return dataset.resolve(TeachSpec.COSTS + "/" + key.fileName().replace(".parquet", ".json"));
    }
}
