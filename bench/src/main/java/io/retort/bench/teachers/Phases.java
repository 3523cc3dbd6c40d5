package io.retort.bench.teachers;

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
import io.retort.distill.teachers.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a shard's time goes, nanoseconds.
 *
 * @param tokenise from text to chunks
 * @param forward the teacher, until its distributions are in Java
 * @param select the entries that are stored, from whole distributions
 * @param write the shard's file, in memory
 */
record Phases(long tokenise, long forward, long select, long write) {
    private static final int WARM_UP = 3;

    /** Makes a shard of the documents, as {@code retort teach} does, several times; the last one counts. */
    static Phases measure(Teacher teacher, List<Document> documents) {
        for (int i = 0; i < WARM_UP; i++) {
            once(teacher, documents);
        }
        return once(teacher, documents);
    }

    private static Phases once(Teacher teacher, List<Document> documents) {
        LogitSettings settings = LogitSettings.defaults();
        Chunker chunker = Chunker.fitting(teacher.contextTokens());
        long begun = System.nanoTime();
        List<Chunk> chunks = new ArrayList<>();
        for (Document document : documents) {
            chunks.addAll(chunker.chunks(TokenisedDocument.of(document, teacher.tokenizer())));
        }
        long tokenised = System.nanoTime();
        List<LogitRowBuilder> builders = chunks.stream()
                .map(chunk -> new LogitRowBuilder(chunk, settings))
                .toList();
        long[] select = new long[1];
        teacher.score(chunks.stream().map(Chunk::ids).toList(), (sequence, position, logProbabilities) -> {
            long before = System.nanoTime();
            builders.get(sequence).accept(position, logProbabilities);
            select[0] += System.nanoTime() - before;
        });
        long scored = System.nanoTime();
        ShardOrigin origin = new ShardOrigin(
                teacher.description().digest(), teacher.tokenizer().digest(), settings);
        LogitShardWriter writer = new LogitShardWriter(ShardKey.of(chunks, origin), origin);
        for (LogitRowBuilder builder : builders) {
            if (builder.finish() instanceof RowOutcome.Scored row) {
                writer.add(row.row());
            }
        }
        writer.finish();
        return new Phases(tokenised - begun, scored - tokenised - select[0], select[0], System.nanoTime() - scored);
    }

    /** Prints each phase's share. */
    void print() {
        double all = tokenise + forward + select + write;
        System.out.printf(
                Locale.ROOT,
                "of a shard's time: tokenise %.1f%%, forward %.1f%%, select %.1f%%, write %.1f%%%n",
                100 * tokenise / all,
                100 * forward / all,
                100 * select / all,
                100 * write / all);
    }
}
