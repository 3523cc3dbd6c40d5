package io.retort.distill.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops by the Vector API (JEP 414), for registers of 4, 8 or 16 floats. Loading this class needs the module
 * jdk.incubator.vector.
 */
public final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();
    private static final int ROWS = 4;

    /** Whether registers hold as many floats as it takes to be quicker than plain loops, and divide a row evenly. */
    static boolean isQuick() {
        return WIDTH >= 4 && LANES % WIDTH == 0;
    }

    @Override
    public void multiply(Matrix a, Matrix b, Matrix c) {
        product(a, b, c, true);
    }

    @Override
    public void multiplyAdd(Matrix a, Matrix b, Matrix c) {
        product(a, b, c, false);
    }

    private static void product(Matrix a, Matrix b, Matrix c, boolean fresh) {
        int columns = Matrix.padded(c.columns());
        int column = 0;
        for (; column + 2 * WIDTH <= columns; column += 2 * WIDTH) {
            int row = 0;
            for (; row + ROWS <= c.rows(); row += ROWS) {
                fourByTwo(a, b, c, row, column, fresh);
            }
            for (; row < c.rows(); row++) {
                oneByTwo(a, b, c, row, column, fresh);
            }
        }
        for (; column < columns; column += WIDTH) {
            int row = 0;
            for (; row + ROWS <= c.rows(); row += ROWS) {
                fourByOne(a, b, c, row, column, fresh);
            }
            for (; row < c.rows(); row++) {
                oneByOne(a, b, c, row, column, fresh);
            }
        }
    }

    private static void fourByTwo(Matrix a, Matrix b, Matrix c, int row, int column, boolean fresh) {
        float[] cs = c.values();
        int c0 = c.from() + row * c.rowStride() + column;
        int c1 = c0 + c.rowStride();
        int c2 = c1 + c.rowStride();
        int c3 = c2 + c.rowStride();
        FloatVector s00 = start(cs, c0, fresh);
        FloatVector s01 = start(cs, c0 + WIDTH, fresh);
        FloatVector s10 = start(cs, c1, fresh);
        FloatVector s11 = start(cs, c1 + WIDTH, fresh);
        FloatVector s20 = start(cs, c2, fresh);
        FloatVector s21 = start(cs, c2 + WIDTH, fresh);
        FloatVector s30 = start(cs, c3, fresh);
        FloatVector s31 = start(cs, c3 + WIDTH, fresh);
        float[] as = a.values();
        float[] bs = b.values();
        int a0 = a.from() + row * a.rowStride();
        int a1 = a0 + a.rowStride();
        int a2 = a1 + a.rowStride();
        int a3 = a2 + a.rowStride();
        int inner = a.columns();
        int step = a.columnStride();
        int bStride = b.rowStride();
        int bAt = b.from() + column;
        for (int k = 0, at = 0; k < inner; k++, at += step, bAt += bStride) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, bs, bAt);
            FloatVector b1 = FloatVector.fromArray(SPECIES, bs, bAt + WIDTH);
            FloatVector f0 = FloatVector.broadcast(SPECIES, as[a0 + at]);
            s00 = f0.fma(b0, s00);
            s01 = f0.fma(b1, s01);
            FloatVector f1 = FloatVector.broadcast(SPECIES, as[a1 + at]);
            s10 = f1.fma(b0, s10);
            s11 = f1.fma(b1, s11);
            FloatVector f2 = FloatVector.broadcast(SPECIES, as[a2 + at]);
            s20 = f2.fma(b0, s20);
            s21 = f2.fma(b1, s21);
            FloatVector f3 = FloatVector.broadcast(SPECIES, as[a3 + at]);
            s30 = f3.fma(b0, s30);
            s31 = f3.fma(b1, s31);
        }
        s00.intoArray(cs, c0);
        s01.intoArray(cs, c0 + WIDTH);
        s10.intoArray(cs, c1);
        s11.intoArray(cs, c1 + WIDTH);
        s20.intoArray(cs, c2);
        s21.intoArray(cs, c2 + WIDTH);
        s30.intoArray(cs, c3);
        s31.intoArray(cs, c3 + WIDTH);
    }

    private static void oneByTwo(Matrix a, Matrix b, Matrix c, int row, int column, boolean fresh) {
        int target = c.from() + row * c.rowStride() + column;
        FloatVector s0 = start(c.values(), target, fresh);
        FloatVector s1 = start(c.values(), target + WIDTH, fresh);
        float[] as = a.values();
        float[] bs = b.values();
        int aAt = a.from() + row * a.rowStride();
        int bAt = b.from() + column;
        int inner = a.columns();
        for (int k = 0; k < inner; k++, aAt += a.columnStride(), bAt += b.rowStride()) {
            FloatVector factor = FloatVector.broadcast(SPECIES, as[aAt]);
            s0 = factor.fma(FloatVector.fromArray(SPECIES, bs, bAt), s0);
            s1 = factor.fma(FloatVector.fromArray(SPECIES, bs, bAt + WIDTH), s1);
        }
        s0.intoArray(c.values(), target);
        s1.intoArray(c.values(), target + WIDTH);
    }

    private static void fourByOne(Matrix a, Matrix b, Matrix c, int row, int column, boolean fresh) {
        float[] cs = c.values();
        int c0 = c.from() + row * c.rowStride() + column;
        int c1 = c0 + c.rowStride();
        int c2 = c1 + c.rowStride();
        int c3 = c2 + c.rowStride();
        FloatVector s0 = start(cs, c0, fresh);
        FloatVector s1 = start(cs, c1, fresh);
        FloatVector s2 = start(cs, c2, fresh);
        FloatVector s3 = start(cs, c3, fresh);
        float[] as = a.values();
        float[] bs = b.values();
        int a0 = a.from() + row * a.rowStride();
        int a1 = a0 + a.rowStride();
        int a2 = a1 + a.rowStride();
        int a3 = a2 + a.rowStride();
        int inner = a.columns();
        int step = a.columnStride();
        int bAt = b.from() + column;
        for (int k = 0, at = 0; k < inner; k++, at += step, bAt += b.rowStride()) {
            FloatVector row0 = FloatVector.fromArray(SPECIES, bs, bAt);
            s0 = FloatVector.broadcast(SPECIES, as[a0 + at]).fma(row0, s0);
            s1 = FloatVector.broadcast(SPECIES, as[a1 + at]).fma(row0, s1);
            s2 = FloatVector.broadcast(SPECIES, as[a2 + at]).fma(row0, s2);
            s3 = FloatVector.broadcast(SPECIES, as[a3 + at]).fma(row0, s3);
        }
        s0.intoArray(cs, c0);
        s1.intoArray(cs, c1);
        s2.intoArray(cs, c2);
        s3.intoArray(cs, c3);
    }

    private static void oneByOne(Matrix a, Matrix b, Matrix c, int row, int column, boolean fresh) {
        int target = c.from() + row * c.rowStride() + column;
        FloatVector sum = start(c.values(), target, fresh);
        int aAt = a.from() + row * a.rowStride();
        int bAt = b.from() + column;
        int inner = a.columns();
        for (int k = 0; k < inner; k++, aAt += a.columnStride(), bAt += b.rowStride()) {
            sum = FloatVector.broadcast(SPECIES, a.values()[aAt])
                    .fma(FloatVector.fromArray(SPECIES, b.values(), bAt), sum);
        }
        sum.intoArray(c.values(), target);
    }

    private static FloatVector start(float[] values, int at, boolean fresh) {
        return fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, values, at);
    }

    @Override
    public void addScaledColumns(Span w, Span x, Span y, int rows, int stride) {
        float[] xs = x.values();
        float[] ys = y.values();
        for (int lane = 0; lane < stride; lane += WIDTH) {
            FloatVector factor = FloatVector.fromArray(SPECIES, w.values(), w.from() + lane);
            int xAt = x.from() + lane;
            int yAt = y.from() + lane;
            for (int row = 0; row < rows; row++, xAt += stride, yAt += stride) {
                factor.fma(FloatVector.fromArray(SPECIES, xs, xAt), FloatVector.fromArray(SPECIES, ys, yAt))
                        .intoArray(ys, yAt);
            }
        }
    }

    @Override
    public void addColumnProducts(Span x, Span y, Span w, int rows, int stride) {
        float[] xs = x.values();
        float[] ys = y.values();
        for (int lane = 0; lane < stride; lane += WIDTH) {
            FloatVector sum = FloatVector.fromArray(SPECIES, w.values(), w.from() + lane);
            int xAt = x.from() + lane;
            int yAt = y.from() + lane;
            for (int row = 0; row < rows; row++, xAt += stride, yAt += stride) {
                sum = FloatVector.fromArray(SPECIES, xs, xAt).fma(FloatVector.fromArray(SPECIES, ys, yAt), sum);
            }
            sum.intoArray(w.values(), w.from() + lane);
        }
    }

    @Override
    public void scaleRows(float[] x, float[] factors, float[] out, int rows, int stride) {
        for (int row = 0; row < rows; row++) {
            FloatVector factor = FloatVector.broadcast(SPECIES, factors[row]);
            for (int i = row * stride; i < (row + 1) * stride; i += WIDTH) {
                factor.mul(FloatVector.fromArray(SPECIES, x, i)).intoArray(out, i);
            }
        }
    }

    @Override
    public void addScaledRows(float[] x, float[] factors, float[] out, int rows, int stride) {
        for (int row = 0; row < rows; row++) {
            FloatVector factor = FloatVector.broadcast(SPECIES, factors[row]);
            for (int i = row * stride; i < (row + 1) * stride; i += WIDTH) {
                factor.fma(FloatVector.fromArray(SPECIES, x, i), FloatVector.fromArray(SPECIES, out, i))
                        .intoArray(out, i);
            }
        }
    }

    @Override
    public void dotRows(float[] x, float[] y, float[] out, int rows, int stride) {
        float[] lanes = new float[LANES];
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * stride;
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                FloatVector sum = FloatVector.zero(SPECIES);
                for (int i = row * stride + lane; i < end; i += LANES) {
                    sum = FloatVector.fromArray(SPECIES, x, i).fma(FloatVector.fromArray(SPECIES, y, i), sum);
                }
                sum.intoArray(lanes, lane);
            }
            out[row] = Lanes.sum(lanes);
        }
    }

    @Override
    public void scan(float[] z, float[] c, float[] h, int first, int rows, int stride) {
        for (int lane = 0; lane < stride; lane += WIDTH) {
            int at = first * stride + lane;
            FloatVector state = FloatVector.fromArray(SPECIES, z, at).mul(FloatVector.fromArray(SPECIES, c, at));
            state.intoArray(h, at);
            for (int row = 1; row < rows; row++) {
                at += stride;
                state = FloatVector.fromArray(SPECIES, z, at)
                        .fma(FloatVector.fromArray(SPECIES, c, at).sub(state), state);
                state.intoArray(h, at);
            }
        }
    }

    @Override
    public void scanBack(float[] z, float[] g, int first, int rows, int stride) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int lane = 0; lane < stride; lane += WIDTH) {
            int at = (first + rows - 1) * stride + lane;
            FloatVector later = FloatVector.fromArray(SPECIES, g, at);
            for (int row = rows - 2; row >= 0; row--) {
                FloatVector kept = one.sub(FloatVector.fromArray(SPECIES, z, at));
                at -= stride;
                later = kept.fma(later, FloatVector.fromArray(SPECIES, g, at));
                later.intoArray(g, at);
            }
        }
    }

    @Override
    public String description() {
        return "vectors of " + WIDTH;
    }
}
