package io.retort.distill.kernels;

import java.util.Arrays;

/** Plain loops, for machines without the vector module and to compare with. */
public final class ScalarKernels implements Kernels {

    @Override
    public void multiply(Matrix a, Matrix b, Matrix c) {
        c.clear();
        multiplyAdd(a, b, c);
    }

    @Override
    public void multiplyAdd(Matrix a, Matrix b, Matrix c) {
        int columns = Matrix.padded(c.columns());
        for (int row = 0; row < c.rows(); row++) {
            int target = c.from() + row * c.rowStride();
            for (int k = 0; k < a.columns(); k++) {
                float factor = a.values()[a.from() + row * a.rowStride() + k * a.columnStride()];
                addScaled(factor, b.values(), b.from() + k * b.rowStride(), c.values(), target, columns);
            }
        }
    }

    private static void addScaled(float factor, float[] x, int xFrom, float[] y, int yFrom, int count) {
        for (int i = 0; i < count; i++) {
            y[yFrom + i] = Math.fma(factor, x[xFrom + i], y[yFrom + i]);
        }
    }

    @Override
    public void addScaledColumns(Span w, Span x, Span y, int rows, int stride) {
        for (int row = 0; row < rows; row++) {
            int xAt = x.from() + row * stride;
            int yAt = y.from() + row * stride;
            for (int i = 0; i < stride; i++) {
                y.values()[yAt + i] = Math.fma(w.values()[w.from() + i], x.values()[xAt + i], y.values()[yAt + i]);
            }
        }
    }

    @Override
    public void addColumnProducts(Span x, Span y, Span w, int rows, int stride) {
        for (int row = 0; row < rows; row++) {
            int xAt = x.from() + row * stride;
            int yAt = y.from() + row * stride;
            for (int i = 0; i < stride; i++) {
                int at = w.from() + i;
                w.values()[at] = Math.fma(x.values()[xAt + i], y.values()[yAt + i], w.values()[at]);
            }
        }
    }

    @Override
    public void scaleRows(float[] x, float[] factors, float[] out, int rows, int stride) {
        for (int i = 0; i < rows * stride; i++) {
            out[i] = factors[i / stride] * x[i];
        }
    }

    @Override
    public void addScaledRows(float[] x, float[] factors, float[] out, int rows, int stride) {
        for (int i = 0; i < rows * stride; i++) {
            out[i] = Math.fma(factors[i / stride], x[i], out[i]);
        }
    }

    @Override
    public void dotRows(float[] x, float[] y, float[] out, int rows, int stride) {
        float[] lanes = new float[LANES];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(lanes, 0);
            for (int i = row * stride; i < (row + 1) * stride; i += LANES) {
                for (int lane = 0; lane < LANES; lane++) {
                    lanes[lane] = Math.fma(x[i + lane], y[i + lane], lanes[lane]);
                }
            }
            out[row] = Lanes.sum(lanes);
        }
    }

    @Override
    public void scan(float[] z, float[] c, float[] h, int first, int rows, int stride) {
        for (int i = first * stride; i < (first + 1) * stride; i++) {
            h[i] = z[i] * c[i];
        }
        for (int i = (first + 1) * stride; i < (first + rows) * stride; i++) {
            h[i] = Math.fma(z[i], c[i] - h[i - stride], h[i - stride]);
        }
    }

    @Override
    public void scanBack(float[] z, float[] g, int first, int rows, int stride) {
        for (int i = (first + rows - 1) * stride - 1; i >= first * stride; i--) {
            g[i] = Math.fma(1 - z[i + stride], g[i + stride], g[i]);
        }
    }

    @Override
    public String description() {
        return "scalar";
    }
}
