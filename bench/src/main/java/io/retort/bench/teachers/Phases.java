package io.retort.bench.teachers;

import io.retort.bench.Ratios;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.Chunker;
import io.retort.datasets.logits.LogitRowBuilder;
import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.logits.LogitShardWriter;
import io.retort.datasets.logits.RowOutcome;
import io.retort.datasets.logits.ShardKey;
import io.retort.datasets.logits.ShardOrigin;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.distill.teachers.LogProbabilityVisitor;
import io.retort.distill.teachers.RowVisitor;
import io.retort.distill.teachers.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a shard's time goes, nanoseconds. The phases are those of {@code retort teach}, without the disk.
 *
 * @param tokenise from text to chunks, and the shard's key
 * @param forward the teacher, until its distributions are in Java
 * @param select the entries that are stored, from whole distributions, and rows of them
 * @param write the shard's file, in memory
 */
record Phases(long tokenise, long forward, long select, long write) {
    private static final int WARM_UP = 4;

    /** Makes a shard of the documents, as {@code retort teach} does, several times, and prints each phase's share. */
    static void print(Teacher teacher, List<Document> documents, int rounds) {
        for (int i = 0; i < WARM_UP; i++) {
            once(teacher, documents);
        }
        Phases sum = new Phases(0, 0, 0, 0);
        double[] all = new double[rounds];
        double[] rest = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            Phases phases = once(teacher, documents);
            all[round] = phases.total();
            rest[round] = phases.total() - phases.forward();
            sum = sum.plus(phases);
        }
        double total = sum.total() / 100.0;
        System.out.printf(
                Locale.ROOT,
                "of a shard's time: tokenise %.1f%%, forward %.1f%%, top-K %.1f%%, write %.1f%%;"
                        + " all but forward %s of it%n",
                sum.tokenise / total,
                sum.forward / total,
                sum.select / total,
                sum.write / total,
                Ratios.of(rest, all));
    }

    private static Phases once(Teacher teacher, List<Document> documents) {
        LogitSettings settings = LogitSettings.defaults();
        ShardOrigin origin = new ShardOrigin(
                teacher.description().digest(), teacher.tokenizer().digest(), settings);
        Chunker chunker = Chunker.fitting(teacher.contextTokens());
        long begun = System.nanoTime();
        List<Chunk> chunks = new ArrayList<>();
        for (Document document : documents) {
            chunks.addAll(chunker.chunks(TokenisedDocument.of(document, teacher.tokenizer())));
        }
        ShardKey key = ShardKey.of(chunks, origin);
        long tokenised = System.nanoTime();
        List<LogitRowBuilder> builders = chunks.stream()
                .map(chunk -> new LogitRowBuilder(chunk, settings))
                .toList();
        LogProbabilityVisitor rows = new RowVisitor(builders);
        long[] select = new long[1];
        teacher.score(chunks.stream().map(Chunk::ids).toList(), (sequence, position, logProbabilities) -> {
            long before = System.nanoTime();
            rows.accept(sequence, position, logProbabilities);
            select[0] += System.nanoTime() - before;
        });
        long scored = System.nanoTime();
        List<RowOutcome> outcomes =
                builders.stream().map(LogitRowBuilder::finish).toList();
        long selected = System.nanoTime();
        LogitShardWriter writer = new LogitShardWriter(key, origin);
        for (RowOutcome outcome : outcomes) {
            if (outcome instanceof RowOutcome.Scored row) {
                writer.add(row.row());
            }
        }
        writer.finish();
        return new Phases(
                tokenised - begun,
                scored - tokenised - select[0],
                select[0] + selected - scored,
                System.nanoTime() - selected);
    }

    private long total() {
        return tokenise + forward + select + write;
    }

    private Phases plus(Phases other) {
        return new Phases(
                tokenise + other.tokenise, forward + other.forward, select + other.select, write + other.write);
    }
}
