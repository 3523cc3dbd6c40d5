package io.retort.jobs.teach;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.Chunker;
import io.retort.datasets.logits.EncodedShard;
import io.retort.datasets.logits.LogitRowBuilder;
import io.retort.datasets.logits.LogitShardWriter;
import io.retort.datasets.logits.QuarantineReason;
import io.retort.datasets.logits.QuarantineRow;
import io.retort.datasets.logits.RowOutcome;
import io.retort.datasets.logits.ShardKey;
import io.retort.datasets.logits.ShardOrigin;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.distill.teachers.RowVisitor;
import io.retort.distill.teachers.Teacher;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the documents of a shard into its file, and times how. For one thread; the teacher may be shared. */
final class ShardScoring {
    private static final double NANOS = 1e9;

    private final Teacher teacher;
    private final ShardOrigin origin;
    private final Chunker chunker;

    ShardScoring(Teacher teacher, ShardOrigin origin) {
        this.teacher = teacher;
        this.origin = origin;
        this.chunker = Chunker.fitting(teacher.contextTokens());
    }

    /**
     * Documents as the teacher gets them.
     *
     * @param documents how many
     * @param chunks for the teacher
     * @param refused documents that it never gets
     * @param key of the shard that they make
     * @param seconds that this took
     */
    record Tokenised(int documents, List<Chunk> chunks, List<QuarantineRow> refused, ShardKey key, double seconds) {
        long tokens() {
            return chunks.stream().mapToLong(chunk -> chunk.ids().length).sum();
        }

        /** The refused documents by reason. */
        Map<QuarantineReason, Integer> unscored() {
            Map<QuarantineReason, Integer> counts = new EnumMap<>(QuarantineReason.class);
            refused.forEach(row -> counts.merge(row.reason(), 1, Integer::sum));
            return counts;
        }
    }

    /**
     * A shard that is not written yet.
     *
     * @param shard its file
     * @param quarantine the chunks and documents without a row
     * @param cost so far
     */
    record Scored(EncodedShard shard, List<QuarantineRow> quarantine, ShardCost cost) {}

    Tokenised tokenise(List<Document> documents) {
        long begun = System.nanoTime();
        List<Chunk> chunks = new ArrayList<>();
        List<QuarantineRow> refused = new ArrayList<>();
        for (Document document : documents) {
            TokenisedDocument tokenised = TokenisedDocument.of(document, teacher.tokenizer());
            Optional<QuarantineRow> quarantine = tokenised.quarantine();
            if (quarantine.isPresent()) {
                refused.add(quarantine.get());
            } else {
                chunks.addAll(chunker.chunks(tokenised));
            }
        }
        ShardKey key = chunks.isEmpty() ? ShardKey.ofRefused(refused, origin) : ShardKey.of(chunks, origin);
        return new Tokenised(documents.size(), chunks, refused, key, secondsSince(begun));
    }

    Scored score(Tokenised tokenised) {
        List<Chunk> chunks = tokenised.chunks();
        List<LogitRowBuilder> builders = chunks.stream()
                .map(chunk -> new LogitRowBuilder(chunk, origin.settings()))
                .toList();
        long begun = System.nanoTime();
        TimedVisitor visitor = new TimedVisitor(new RowVisitor(builders));
        teacher.score(chunks.stream().map(Chunk::ids).toList(), visitor);
        double forward = secondsSince(begun) - visitor.nanos() / NANOS;
        long rowsBegun = System.nanoTime();
        List<RowOutcome> outcomes =
                builders.stream().map(LogitRowBuilder::finish).toList();
        double select = visitor.nanos() / NANOS + secondsSince(rowsBegun);
        long writeBegun = System.nanoTime();
        List<QuarantineRow> quarantine = new ArrayList<>(tokenised.refused());
        EncodedShard shard = encode(tokenised.key(), outcomes, quarantine);
        return new Scored(
                shard,
                quarantine,
                new ShardCost(
                        tokenised.documents(),
                        chunks.size(),
                        tokenised.tokens(),
                        new PhaseSeconds(tokenised.seconds(), forward, select, secondsSince(writeBegun))));
    }

    private EncodedShard encode(ShardKey key, List<RowOutcome> outcomes, List<QuarantineRow> quarantine) {
        LogitShardWriter writer = new LogitShardWriter(key, origin);
        for (RowOutcome outcome : outcomes) {
            if (outcome instanceof RowOutcome.Scored scored) {
                writer.add(scored.row());
            } else if (outcome instanceof RowOutcome.Quarantined quarantined) {
                writer.count(quarantined.row());
                quarantine.add(quarantined.row());
            }
        }
        return writer.finish();
    }

    static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / NANOS;
    }
}
