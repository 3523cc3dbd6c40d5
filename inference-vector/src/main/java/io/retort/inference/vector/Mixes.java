package io.retort.inference.vector;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with a long and narrow matrix, whose sums are four chains each, so that a processor adds them side by side.
 * Which chain an input belongs to depends on its index alone: inputs of weight zero behind it change nothing.
 */
final class Mixes {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();
    private static final int CHAINS = 4;

    private Mixes() {}

    static void mix(Block weights, Block values, Block out, int rows, int inputs, int outputs) {
        int columns = Kernels.padded(outputs);
        for (int row = 0; row < rows; row++) {
            int column = 0;
            for (; column + 2 * WIDTH <= columns; column += 2 * WIDTH) {
                two(weights, values, out, row, column, inputs);
            }
            for (; column < columns; column += WIDTH) {
                one(weights, values, out, row, column, inputs);
            }
        }
    }

    private static void two(Block weights, Block values, Block out, int row, int column, int inputs) {
        float[] factors = weights.values();
        float[] matrix = values.values();
        int stride = values.stride();
        int at = values.from() + column;
        int factor = weights.row(row);
        int end = factor + inputs;
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (; factor + CHAINS <= end; factor += CHAINS, at += CHAINS * stride) {
            FloatVector f = FloatVector.broadcast(SPECIES, factors[factor]);
            a0 = f.fma(FloatVector.fromArray(SPECIES, matrix, at), a0);
            a1 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + WIDTH), a1);
            f = FloatVector.broadcast(SPECIES, factors[factor + 1]);
            b0 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + stride), b0);
            b1 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + stride + WIDTH), b1);
            f = FloatVector.broadcast(SPECIES, factors[factor + 2]);
            c0 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + 2 * stride), c0);
            c1 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + 2 * stride + WIDTH), c1);
            f = FloatVector.broadcast(SPECIES, factors[factor + 3]);
            d0 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + 3 * stride), d0);
            d1 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + 3 * stride + WIDTH), d1);
        }
        if (factor < end) {
            FloatVector f = FloatVector.broadcast(SPECIES, factors[factor]);
            a0 = f.fma(FloatVector.fromArray(SPECIES, matrix, at), a0);
            a1 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + WIDTH), a1);
        }
        if (factor + 1 < end) {
            FloatVector f = FloatVector.broadcast(SPECIES, factors[factor + 1]);
            b0 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + stride), b0);
            b1 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + stride + WIDTH), b1);
        }
        if (factor + 2 < end) {
            FloatVector f = FloatVector.broadcast(SPECIES, factors[factor + 2]);
            c0 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + 2 * stride), c0);
            c1 = f.fma(FloatVector.fromArray(SPECIES, matrix, at + 2 * stride + WIDTH), c1);
        }
        int to = out.row(row) + column;
        a0.add(b0).add(c0.add(d0)).intoArray(out.values(), to);
        a1.add(b1).add(c1.add(d1)).intoArray(out.values(), to + WIDTH);
    }

    private static void one(Block weights, Block values, Block out, int row, int column, int inputs) {
        float[] factors = weights.values();
        float[] matrix = values.values();
        int stride = values.stride();
        int at = values.from() + column;
        int factor = weights.row(row);
        int end = factor + inputs;
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (; factor + CHAINS <= end; factor += CHAINS, at += CHAINS * stride) {
            a = FloatVector.broadcast(SPECIES, factors[factor]).fma(FloatVector.fromArray(SPECIES, matrix, at), a);
            b = FloatVector.broadcast(SPECIES, factors[factor + 1])
                    .fma(FloatVector.fromArray(SPECIES, matrix, at + stride), b);
            c = FloatVector.broadcast(SPECIES, factors[factor + 2])
                    .fma(FloatVector.fromArray(SPECIES, matrix, at + 2 * stride), c);
            d = FloatVector.broadcast(SPECIES, factors[factor + 3])
                    .fma(FloatVector.fromArray(SPECIES, matrix, at + 3 * stride), d);
        }
        if (factor < end) {
            a = FloatVector.broadcast(SPECIES, factors[factor]).fma(FloatVector.fromArray(SPECIES, matrix, at), a);
        }
        if (factor + 1 < end) {
            b = FloatVector.broadcast(SPECIES, factors[factor + 1])
                    .fma(FloatVector.fromArray(SPECIES, matrix, at + stride), b);
        }
        if (factor + 2 < end) {
            c = FloatVector.broadcast(SPECIES, factors[factor + 2])
                    .fma(FloatVector.fromArray(SPECIES, matrix, at + 2 * stride), c);
        }
        a.add(b).add(c.add(d)).intoArray(out.values(), out.row(row) + column);
    }
}
