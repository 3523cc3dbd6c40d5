package io.retort.bench.formats;

import io.retort.bench.formats.TaughtText.TaughtChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * DistillKit's distribution quantisation as its README describes it (arcee-ai/DistillKit, "Logit Compression"): the K most
 * likely tokens, most likely first; their ids packed in as many bits as the vocabulary needs; the first log-probabilities
 * as bfloat16, the others as a least-squares curve over their rank, with 32-bit coefficients. Rows of a Parquet file hold
 * lists of bytes a token. What the entries leave of 1 is the rest; entries that sum to more are scaled.
 */
final class DistillKitStorage implements LogitStorage {
    /** Their fit leaves no rest where the curve sums to more than 1; this much keeps the divergence finite. */
    private static final double LEAST_REST = 1e-6;

    private static final DoubleUnaryOperator[] POWERS = {t -> 1, t -> t, t -> t * t, t -> t * t * t, t -> t * t * t * t
    };

    private final String name;
    private final int count;
    private final int exact;
    private final DoubleUnaryOperator[] curve;

    private DistillKitStorage(String name, int count, int exact, DoubleUnaryOperator... curve) {
        this.name = name;
        this.count = count;
        this.exact = exact;
        this.curve = curve;
    }

    /** "Budget pick": K = 50, the first exact, terms 1, t and √t. */
    static DistillKitStorage budget() {
        return new DistillKitStorage("DistillKit, K = 50 (budget pick)", 50, 1, POWERS[0], POWERS[1], Math::sqrt);
    }

    /** "Recommended configuration": K = 128, sixteen exact, terms 1 to t⁴ and √t. */
    static DistillKitStorage recommended() {
        return new DistillKitStorage(
                "DistillKit, K = 128 (recommended)",
                128,
                16,
                POWERS[0],
                POWERS[1],
                POWERS[2],
                POWERS[3],
                POWERS[4],
                Math::sqrt);
    }

    /** Its knobs turned to fifty log-probabilities as bfloat16 and no curve; none of its documented settings. */
    static DistillKitStorage exactFifty() {
        return new DistillKitStorage("DistillKit, K = 50, all exact", 50, 50);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stored store(TaughtText text) {
        int bits = 32 - Integer.numberOfLeadingZeros(text.vocabulary() - 1);
        PowerFit fit = new PowerFit(Math.max(1, count - exact), curve);
        ByteListFile file = new ByteListFile();
        List<List<SparseDistribution>> distributions = new ArrayList<>();
        long entries = 0;
        for (TaughtChunk taught : text.chunks()) {
            List<byte[]> values = new ArrayList<>();
            List<byte[]> ids = new ArrayList<>();
            List<SparseDistribution> read = new ArrayList<>();
            for (float[] distribution : taught.logProbabilities()) {
                int[] ranked = RankedTokens.of(distribution, count);
                values.add(encoded(distribution, ranked, fit));
                ids.add(BitPacking.pack(ranked, bits));
                read.add(SparseDistribution.ofLogProbabilities(
                        BitPacking.unpack(ids.get(ids.size() - 1), bits, count),
                        decoded(values.get(values.size() - 1), fit),
                        LEAST_REST));
                entries += count;
            }
            file.add(taught.chunk().scoredIds(), values, ids);
            distributions.add(read);
        }
        return new Stored(file.finish().length, entries, distributions);
    }

    private byte[] encoded(float[] distribution, int[] ranked, PowerFit fit) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * exact + 4 * curve.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int rank = 0; rank < exact; rank++) {
            buffer.putShort(ShortFloats.toBfloat16(distribution[ranked[rank]]));
        }
        if (curve.length > 0) {
            double[] others = Arrays.stream(ranked, exact, count)
                    .mapToDouble(id -> distribution[id])
                    .toArray();
            for (float coefficient : fit.coefficients(others)) {
                buffer.putFloat(coefficient);
            }
        }
        return buffer.array();
    }

    private double[] decoded(byte[] bytes, PowerFit fit) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        double[] first = new double[exact];
        for (int rank = 0; rank < exact; rank++) {
            first[rank] = ShortFloats.ofBfloat16(buffer.getShort());
        }
        if (curve.length == 0) {
            return first;
        }
        float[] coefficients = new float[curve.length];
        for (int term = 0; term < coefficients.length; term++) {
            coefficients[term] = buffer.getFloat();
        }
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(fit.values(coefficients)))
                .toArray();
    }
}
