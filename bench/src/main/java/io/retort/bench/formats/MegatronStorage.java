package io.retort.bench.formats;

import com.github.luben.zstd.Zstd;
import io.retort.bench.formats.TaughtText.TaughtChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Megatron-LM's offline distillation as its guide describes it (NVIDIA/Megatron-LM, "Offline Logits Knowledge
 * Distillation"): tensors `[positions, K]` of log-probabilities as halves, ids' lower 16 bits, and their 17th bit as a
 * byte; with top-p, K is the largest count of a microbatch, and what a position does not need is filled with a sentinel.
 * An iteration's tensors are compressed by zstd at level 3. What tar and pickle add, some kilobytes an iteration, is left
 * out, and so are the tokens, which Megatron has in its own dataset. What the entries leave of 1 is the rest.
 */
final class MegatronStorage implements LogitStorage {
    private static final int POSITIONS_AN_ITERATION = 4096;
    private static final int ZSTD_LEVEL = 3;
    private static final float UNUSED = -1000f;
    private static final double LEAST_REST = 1e-6;

    private final int most;
    private final double topP;

    /** The {@code most} likely, or as few of them as have a probability of {@code topP} together. */
    MegatronStorage(int most, double topP) {
        this.most = most;
        this.topP = topP;
    }

    @Override
    public String name() {
        return "Megatron-LM, K = " + most + (topP < 1 ? ", top-p " + topP : "");
    }

    @Override
    public Stored store(TaughtText text) {
        List<float[]> positions = new ArrayList<>();
        for (TaughtChunk taught : text.chunks()) {
            positions.addAll(Arrays.asList(taught.logProbabilities()));
        }
        long bytes = 0;
        List<SparseDistribution> read = new ArrayList<>();
        for (int from = 0; from < positions.size(); from += POSITIONS_AN_ITERATION) {
            int to = Math.min(positions.size(), from + POSITIONS_AN_ITERATION);
            byte[] compressed = Zstd.compress(encoded(positions.subList(from, to)), ZSTD_LEVEL);
            bytes += compressed.length;
            read.addAll(decoded(Zstd.decompress(compressed, (int) Zstd.getFrameContentSize(compressed)), to - from));
        }
        List<List<SparseDistribution>> distributions = new ArrayList<>();
        int next = 0;
        for (TaughtChunk taught : text.chunks()) {
            int count = taught.logProbabilities().length;
            distributions.add(read.subList(next, next + count));
            next += count;
        }
        long entries = read.stream()
                .mapToLong(distribution -> distribution.ids().length)
                .sum();
        return new Stored(bytes, entries, distributions);
    }

    private byte[] encoded(List<float[]> positions) {
        List<int[]> kept = positions.stream().map(this::kept).toList();
        int width = kept.stream().mapToInt(ids -> ids.length).max().orElseThrow();
        int total = positions.size() * width;
        ByteBuffer buffer = ByteBuffer.allocate(5 * total).order(ByteOrder.LITTLE_ENDIAN);
        for (int p = 0; p < kept.size(); p++) {
            int[] ids = kept.get(p);
            for (int e = 0; e < width; e++) {
                int at = p * width + e;
                int id = e < ids.length ? ids[e] : -1;
                buffer.putShort(
                        2 * at, ShortFloats.toHalf(id < 0 ? UNUSED : positions.get(p)[id]));
                buffer.putShort(2 * (total + at), (short) id);
                buffer.put(4 * total + at, (byte) (id >> 16 & 1));
            }
        }
        return buffer.array();
    }

    private int[] kept(float[] distribution) {
        int[] ranked = RankedTokens.of(distribution, most);
        double before = 0;
        int count = 0;
        while (count < ranked.length && before < topP) {
            before += Math.exp(distribution[ranked[count++]]);
        }
        // Rounding may put the sum of all at 1: without top-p all are kept.
        return topP < 1 ? Arrays.copyOf(ranked, count) : ranked;
    }

    private static List<SparseDistribution> decoded(byte[] bytes, int positions) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int total = bytes.length / 5;
        int width = total / positions;
        List<SparseDistribution> read = new ArrayList<>();
        for (int p = 0; p < positions; p++) {
            int[] ids = new int[width];
            double[] values = new double[width];
            int count = 0;
            for (int at = p * width; at < (p + 1) * width; at++) {
                float value = ShortFloats.ofHalf(buffer.getShort(2 * at));
                if (value != UNUSED) {
                    ids[count] = buffer.get(4 * total + at) << 16 | (buffer.getShort(2 * (total + at)) & 0xFFFF);
                    values[count++] = value;
                }
            }
            read.add(SparseDistribution.ofLogProbabilities(
                    Arrays.copyOf(ids, count), Arrays.copyOf(values, count), LEAST_REST));
        }
        return read;
    }
}
