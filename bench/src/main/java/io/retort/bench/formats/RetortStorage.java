package io.retort.bench.formats;

import io.retort.bench.formats.TaughtText.TaughtChunk;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.EncodedShard;
import io.retort.datasets.logits.EntrySelection;
import io.retort.datasets.logits.LogitRow;
import io.retort.datasets.logits.LogitRowBuilder;
import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.logits.LogitShardReader;
import io.retort.datasets.logits.LogitShardWriter;
import io.retort.datasets.logits.QuantisedLogProbability;
import io.retort.datasets.logits.RowOutcome;
import io.retort.datasets.logits.ShardKey;
import io.retort.datasets.logits.ShardOrigin;
import io.retort.datasets.logits.StoredDistribution;
import java.util.ArrayList;
import java.util.List;

/** Retort's own shards, written and read as {@code retort teach} and {@code retort align} do. */
record RetortStorage(LogitSettings settings) implements LogitStorage {
    /** As {@code teach.shard-documents} has it. */
    private static final int SHARD_DOCUMENTS = 256;

    @Override
    public String name() {
        String mode = settings.selection() instanceof EntrySelection.MostLikely likely ? named(likely) : "sampled";
        if (settings.selection() instanceof EntrySelection.Sampled sampled) {
            mode = sampled.draws() + " draws";
        }
        return "Retort, " + mode + (settings.equals(LogitSettings.defaults()) ? " (default)" : "");
    }

    private static String named(EntrySelection.MostLikely likely) {
        return likely.minimum() == likely.maximum()
                ? "K = " + likely.maximum()
                : "top-p " + likely.topP() + ", " + likely.minimum() + " to " + likely.maximum();
    }

    @Override
    public Stored store(TaughtText text) {
        ShardOrigin origin = new ShardOrigin(text.teacherDigest(), text.tokenizerDigest(), settings);
        long bytes = 0;
        long entries = 0;
        List<List<SparseDistribution>> distributions = new ArrayList<>();
        for (List<TaughtChunk> part : byDocuments(text.chunks(), SHARD_DOCUMENTS)) {
            EncodedShard shard = shard(part, origin);
            bytes += shard.file().length;
            for (LogitRow row : LogitShardReader.rows(shard.file(), name())) {
                entries += row.entries().ids().length;
                distributions.add(read(row));
            }
        }
        return new Stored(bytes, entries, distributions);
    }

    private static List<List<TaughtChunk>> byDocuments(List<TaughtChunk> chunks, int most) {
        List<List<TaughtChunk>> parts = new ArrayList<>();
        int documents = most;
        for (TaughtChunk taught : chunks) {
            if (taught.chunk().origin().chunk() == 0 && documents++ >= most) {
                parts.add(new ArrayList<>());
                documents = 1;
            }
            parts.get(parts.size() - 1).add(taught);
        }
        return parts;
    }

    private EncodedShard shard(List<TaughtChunk> part, ShardOrigin origin) {
        List<Chunk> chunks = part.stream().map(TaughtChunk::chunk).toList();
        LogitShardWriter writer = new LogitShardWriter(ShardKey.of(chunks, origin), origin);
        for (TaughtChunk taught : part) {
            LogitRowBuilder builder = new LogitRowBuilder(taught.chunk(), settings);
            float[][] all = taught.logProbabilities();
            for (int scored = 0; scored < all.length; scored++) {
                builder.accept(taught.chunk().scoredFrom() + scored, all[scored]);
            }
            if (!(builder.finish() instanceof RowOutcome.Scored row)) {
                throw new IllegalStateException(
                        "expected a row for " + taught.chunk().origin());
            }
            writer.add(row.row());
        }
        return writer.finish();
    }

    private List<SparseDistribution> read(LogitRow row) {
        StoredDistribution stored = new StoredDistribution();
        int[] starts = row.entries().starts();
        List<SparseDistribution> distributions = new ArrayList<>();
        for (int position = 0; position < row.tokens(); position++) {
            stored.load(row, position, starts[position]);
            int[] ids = new int[stored.count()];
            double[] probabilities = new double[stored.count()];
            for (int e = 0; e < ids.length; e++) {
                ids[e] = stored.id(e);
                probabilities[e] = stored.probability(e);
            }
            SparseDistribution read = new SparseDistribution(ids, probabilities, stored.tailMass());
            distributions.add(
                    settings.selection() instanceof EntrySelection.Sampled sampled
                            ? withUnseen(read, row, position, sampled.draws())
                            : read);
        }
        return distributions;
    }

    /**
     * Draws say nothing of tokens that were never drawn, and as they are their divergence is infinite. As Good and Turing
     * estimate it (Good, 1953, equation 9), the unseen have together the share of draws that fell on tokens drawn once;
     * the actual token's probability is known.
     */
    private static SparseDistribution withUnseen(SparseDistribution drawn, LogitRow row, int position, int draws) {
        double actual = Math.exp(row.logProbabilities()[position]);
        int start = row.entries().starts()[position];
        int singles = 0;
        for (int e = start; e < start + row.entries().counts()[position]; e++) {
            if (QuantisedLogProbability.probability(row.entries().codes()[e] & 0xFF) * draws < 1.5) {
                singles++;
            }
        }
        double[] probabilities = drawn.probabilities().clone();
        // With no singles or nothing else, half a draw stands for what cannot be ruled out; float32 cannot tell 1
        // exactly.
        double rest = Math.max(1 - actual, 0x1p-20) * Math.max(0.5, Math.min(singles, draws - 0.5)) / draws;
        double others = 0;
        for (int e = 0; e < probabilities.length; e++) {
            others += drawn.ids()[e] == row.tokenIds()[position] ? 0 : probabilities[e];
        }
        double scale = others > 0 ? Math.max(0, 1 - actual - rest) / others : 0;
        double sum = rest;
        for (int e = 0; e < probabilities.length; e++) {
            probabilities[e] = drawn.ids()[e] == row.tokenIds()[position] ? actual : probabilities[e] * scale;
            sum += probabilities[e];
        }
        for (int e = 0; e < probabilities.length; e++) {
            probabilities[e] /= sum;
        }
        return new SparseDistribution(drawn.ids(), probabilities, rest / sum);
    }
}
