package io.retort.inference.vector;

import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of a few rows with a matrix in tiles whose sums stay in registers: four rows by two vectors where there are four
 * rows, which loads each weight once for all, else one row by up to four vectors, as many chains as a processor adds at once.
 * Every sum is one chain of fused multiply-adds, whatever its tile.
 */
final class Products {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();
    private static final int ROWS = 4;

    private Products() {}

    /** {@code out = in matrix}, or {@code out += in matrix} where it is not fresh. */
    static void product(Block in, Block matrix, Block out, int rows, int inputs, int outputs, boolean fresh) {
        int columns = Kernels.padded(outputs);
        int row = 0;
        for (; row + ROWS <= rows; row += ROWS) {
            int column = 0;
            for (; column + 2 * WIDTH <= columns; column += 2 * WIDTH) {
                fourByTwo(in, matrix, out, row, column, inputs, fresh);
            }
            for (; column < columns; column += WIDTH) {
                fourByOne(in, matrix, out, row, column, inputs, fresh);
            }
        }
        for (; row < rows; row++) {
            oneRow(in, matrix, out, row, columns, inputs, fresh);
        }
    }

    private static void oneRow(Block in, Block matrix, Block out, int row, int columns, int inputs, boolean fresh) {
        int column = 0;
        for (; column + 4 * WIDTH <= columns; column += 4 * WIDTH) {
            oneByFour(in, matrix, out, row, column, inputs, fresh);
        }
        switch ((columns - column) / WIDTH) {
            case 3 -> oneByThree(in, matrix, out, row, column, inputs, fresh);
            case 2 -> oneByTwo(in, matrix, out, row, column, inputs, fresh);
            case 1 -> oneByOne(in, matrix, out, row, column, inputs, fresh);
            default -> {
                // Nothing is left.
            }
        }
    }

    /** Four rows, two vectors of outputs. */
    private static void fourByTwo(Block in, Block matrix, Block out, int row, int column, int inputs, boolean fresh) {
        float[] factors = in.values();
        float[] weights = matrix.values();
        float[] sums = out.values();
        int i0 = in.row(row);
        int o0 = out.row(row) + column;
        int i1 = in.row(row + 1);
        int o1 = out.row(row + 1) + column;
        int i2 = in.row(row + 2);
        int o2 = out.row(row + 2) + column;
        int i3 = in.row(row + 3);
        int o3 = out.row(row + 3) + column;
        FloatVector s00 = start(sums, o0, fresh);
        FloatVector s01 = start(sums, o0 + WIDTH, fresh);
        FloatVector s10 = start(sums, o1, fresh);
        FloatVector s11 = start(sums, o1 + WIDTH, fresh);
        FloatVector s20 = start(sums, o2, fresh);
        FloatVector s21 = start(sums, o2 + WIDTH, fresh);
        FloatVector s30 = start(sums, o3, fresh);
        FloatVector s31 = start(sums, o3 + WIDTH, fresh);
        int at = matrix.from() + column;
        for (int i = 0; i < inputs; i++, at += matrix.stride()) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, weights, at);
            FloatVector w1 = FloatVector.fromArray(SPECIES, weights, at + WIDTH);
            FloatVector f0 = FloatVector.broadcast(SPECIES, factors[i0 + i]);
            s00 = f0.fma(w0, s00);
            s01 = f0.fma(w1, s01);
            FloatVector f1 = FloatVector.broadcast(SPECIES, factors[i1 + i]);
            s10 = f1.fma(w0, s10);
            s11 = f1.fma(w1, s11);
            FloatVector f2 = FloatVector.broadcast(SPECIES, factors[i2 + i]);
            s20 = f2.fma(w0, s20);
            s21 = f2.fma(w1, s21);
            FloatVector f3 = FloatVector.broadcast(SPECIES, factors[i3 + i]);
            s30 = f3.fma(w0, s30);
            s31 = f3.fma(w1, s31);
        }
        s00.intoArray(sums, o0);
        s01.intoArray(sums, o0 + WIDTH);
        s10.intoArray(sums, o1);
        s11.intoArray(sums, o1 + WIDTH);
        s20.intoArray(sums, o2);
        s21.intoArray(sums, o2 + WIDTH);
        s30.intoArray(sums, o3);
        s31.intoArray(sums, o3 + WIDTH);
    }

    /** Four rows, one vector of outputs. */
    private static void fourByOne(Block in, Block matrix, Block out, int row, int column, int inputs, boolean fresh) {
        float[] factors = in.values();
        float[] weights = matrix.values();
        float[] sums = out.values();
        int i0 = in.row(row);
        int o0 = out.row(row) + column;
        int i1 = in.row(row + 1);
        int o1 = out.row(row + 1) + column;
        int i2 = in.row(row + 2);
        int o2 = out.row(row + 2) + column;
        int i3 = in.row(row + 3);
        int o3 = out.row(row + 3) + column;
        FloatVector s00 = start(sums, o0, fresh);
        FloatVector s10 = start(sums, o1, fresh);
        FloatVector s20 = start(sums, o2, fresh);
        FloatVector s30 = start(sums, o3, fresh);
        int at = matrix.from() + column;
        for (int i = 0; i < inputs; i++, at += matrix.stride()) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, weights, at);
            FloatVector f0 = FloatVector.broadcast(SPECIES, factors[i0 + i]);
            s00 = f0.fma(w0, s00);
            FloatVector f1 = FloatVector.broadcast(SPECIES, factors[i1 + i]);
            s10 = f1.fma(w0, s10);
            FloatVector f2 = FloatVector.broadcast(SPECIES, factors[i2 + i]);
            s20 = f2.fma(w0, s20);
            FloatVector f3 = FloatVector.broadcast(SPECIES, factors[i3 + i]);
            s30 = f3.fma(w0, s30);
        }
        s00.intoArray(sums, o0);
        s10.intoArray(sums, o1);
        s20.intoArray(sums, o2);
        s30.intoArray(sums, o3);
    }

    /** One row, four vectors of outputs. */
    private static void oneByFour(Block in, Block matrix, Block out, int row, int column, int inputs, boolean fresh) {
        float[] factors = in.values();
        float[] weights = matrix.values();
        float[] sums = out.values();
        int i0 = in.row(row);
        int o0 = out.row(row) + column;
        FloatVector s00 = start(sums, o0, fresh);
        FloatVector s01 = start(sums, o0 + WIDTH, fresh);
        FloatVector s02 = start(sums, o0 + 2 * WIDTH, fresh);
        FloatVector s03 = start(sums, o0 + 3 * WIDTH, fresh);
        int at = matrix.from() + column;
        for (int i = 0; i < inputs; i++, at += matrix.stride()) {
            FloatVector f0 = FloatVector.broadcast(SPECIES, factors[i0 + i]);
            s00 = f0.fma(FloatVector.fromArray(SPECIES, weights, at), s00);
            s01 = f0.fma(FloatVector.fromArray(SPECIES, weights, at + WIDTH), s01);
            s02 = f0.fma(FloatVector.fromArray(SPECIES, weights, at + 2 * WIDTH), s02);
            s03 = f0.fma(FloatVector.fromArray(SPECIES, weights, at + 3 * WIDTH), s03);
        }
        s00.intoArray(sums, o0);
        s01.intoArray(sums, o0 + WIDTH);
        s02.intoArray(sums, o0 + 2 * WIDTH);
        s03.intoArray(sums, o0 + 3 * WIDTH);
    }

    /** One row, three vectors of outputs. */
    private static void oneByThree(Block in, Block matrix, Block out, int row, int column, int inputs, boolean fresh) {
        float[] factors = in.values();
        float[] weights = matrix.values();
        float[] sums = out.values();
        int i0 = in.row(row);
        int o0 = out.row(row) + column;
        FloatVector s00 = start(sums, o0, fresh);
        FloatVector s01 = start(sums, o0 + WIDTH, fresh);
        FloatVector s02 = start(sums, o0 + 2 * WIDTH, fresh);
        int at = matrix.from() + column;
        for (int i = 0; i < inputs; i++, at += matrix.stride()) {
            FloatVector f0 = FloatVector.broadcast(SPECIES, factors[i0 + i]);
            s00 = f0.fma(FloatVector.fromArray(SPECIES, weights, at), s00);
            s01 = f0.fma(FloatVector.fromArray(SPECIES, weights, at + WIDTH), s01);
            s02 = f0.fma(FloatVector.fromArray(SPECIES, weights, at + 2 * WIDTH), s02);
        }
        s00.intoArray(sums, o0);
        s01.intoArray(sums, o0 + WIDTH);
        s02.intoArray(sums, o0 + 2 * WIDTH);
    }

    /** One row, two vectors of outputs. */
    private static void oneByTwo(Block in, Block matrix, Block out, int row, int column, int inputs, boolean fresh) {
        float[] factors = in.values();
        float[] weights = matrix.values();
        float[] sums = out.values();
        int i0 = in.row(row);
        int o0 = out.row(row) + column;
        FloatVector s00 = start(sums, o0, fresh);
        FloatVector s01 = start(sums, o0 + WIDTH, fresh);
        int at = matrix.from() + column;
        for (int i = 0; i < inputs; i++, at += matrix.stride()) {
            FloatVector f0 = FloatVector.broadcast(SPECIES, factors[i0 + i]);
            s00 = f0.fma(FloatVector.fromArray(SPECIES, weights, at), s00);
            s01 = f0.fma(FloatVector.fromArray(SPECIES, weights, at + WIDTH), s01);
        }
        s00.intoArray(sums, o0);
        s01.intoArray(sums, o0 + WIDTH);
    }

    /** One row, one vector of outputs. */
    private static void oneByOne(Block in, Block matrix, Block out, int row, int column, int inputs, boolean fresh) {
        float[] factors = in.values();
        float[] weights = matrix.values();
        float[] sums = out.values();
        int i0 = in.row(row);
        int o0 = out.row(row) + column;
        FloatVector s00 = start(sums, o0, fresh);
        int at = matrix.from() + column;
        for (int i = 0; i < inputs; i++, at += matrix.stride()) {
            FloatVector f0 = FloatVector.broadcast(SPECIES, factors[i0 + i]);
            s00 = f0.fma(FloatVector.fromArray(SPECIES, weights, at), s00);
        }
        s00.intoArray(sums, o0);
    }

    private static FloatVector start(float[] values, int at, boolean fresh) {
        return fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, values, at);
    }
}
