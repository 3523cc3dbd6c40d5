package io.retort.datasets.bytes;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.ChunkOrigin;
import io.retort.datasets.logits.DocumentRows;
import io.retort.datasets.logits.LogitRow;
import io.retort.datasets.logits.LogitRowBuilder;
import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.logits.RowOutcome;
import io.retort.datasets.logits.StoredEntries;
import io.retort.datasets.logits.TokenTransitions;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.inference.digests.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Documents drawn from a toy teacher and scored by it. */
record ToyDataset(Tokenizer tokenizer, ToyTeacher teacher, List<DocumentRows> documents) {
    static ToyDataset draw(Tokenizer tokenizer, ToyTeacher teacher, LogitSettings settings, int count) {
        SplittableRandom random = new SplittableRandom(20_240_101);
        List<DocumentRows> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(score(tokenizer, teacher, settings, "d" + i, teacher.draw(random, 8)));
        }
        return new ToyDataset(tokenizer, teacher, documents);
    }

    static DocumentRows score(
            Tokenizer tokenizer, ToyTeacher teacher, LogitSettings settings, String id, List<Integer> tokens) {
        int[] ids = tokens.stream().mapToInt(Integer::intValue).toArray();
        int[] offsets = new int[ids.length];
        for (int i = 1; i < ids.length; i++) {
            offsets[i] = offsets[i - 1] + tokenizer.bytesOf(ids[i - 1]).length;
        }
        String digest = Sha256.hex(tokenizer.decode(ids));
        Chunk chunk = new Chunk(new ChunkOrigin(id, 0, "toy", Split.TRAIN, digest, 0), ids, 0, offsets);
        LogitRowBuilder builder = new LogitRowBuilder(chunk, settings);
        for (int position = 0; position < ids.length; position++) {
            double[] next = teacher.next(tokens.subList(0, position));
            float[] logProbabilities = new float[next.length];
            for (int v = 0; v < next.length; v++) {
                logProbabilities[v] = (float) Math.log(Math.max(next[v], 1e-30));
            }
            builder.accept(position, logProbabilities);
        }
        return new DocumentRows(List.of(((RowOutcome.Scored) builder.finish()).row()));
    }

    AlignmentModel model() {
        TokenTransitions transitions = new TokenTransitions(tokenizer.vocabularySize(), tokenizer.bos());
        documents.forEach(document -> document.rows().forEach(transitions::add));
        return new AlignmentModel(tokenizer, transitions);
    }

    /** The same rows with nothing in their tails. */
    ToyDataset withoutTails() {
        return new ToyDataset(
                tokenizer,
                teacher,
                documents.stream()
                        .map(document -> new DocumentRows(document.rows().stream()
                                .map(ToyDataset::withoutTail)
                                .toList()))
                        .toList());
    }

    private static LogitRow withoutTail(LogitRow row) {
        StoredEntries entries = row.entries();
        return new LogitRow(
                row.origin(),
                row.tokenIds(),
                row.byteOffsets(),
                row.logProbabilities(),
                new StoredEntries(entries.counts(), entries.ids(), entries.codes(), new float[entries.positions()]));
    }

    /** Mean KL divergence in bits a position from the exact byte marginals to a method's targets. */
    double bitsFromExact(AlignmentModel model, AlignmentMethod method, int mostDocuments) {
        ByteAligner aligner = new ByteAligner(model, method);
        double nats = 0;
        int positions = 0;
        for (DocumentRows document : documents.subList(0, mostDocuments)) {
            ByteTargets targets = aligner.align(document);
            for (int j = 0; j <= targets.text().length; j++) {
                double[] exact = teacher.exactNext(Arrays.copyOf(targets.text(), j));
                nats += divergence(exact, dense(targets.distributions(), j));
                positions++;
            }
        }
        return nats / positions / Math.log(2);
    }

    static double divergence(double[] from, double[] to) {
        double nats = 0;
        for (int symbol = 0; symbol < from.length; symbol++) {
            if (from[symbol] > 0) {
                nats += from[symbol] * Math.log(from[symbol] / Math.max(to[symbol], 1e-6));
            }
        }
        return nats;
    }

    static double[] dense(ByteDistributions distributions, int position) {
        double[] dense = new double[ByteDistributions.SYMBOLS];
        int start = distributions.starts()[position];
        for (int e = start; e < start + distributions.counts()[position]; e++) {
            dense[distributions.symbols()[e]] = distributions.probabilities()[e] / 65_535.0;
        }
        return dense;
    }
}
