package io.retort.distill.analysis;

import java.util.Arrays;
import java.util.Random;

/**
 * Small dense matrices in doubles, row after row: what the closed forms of a micro-expert's fit need.
 *
 * @param rows rows
 * @param columns columns
 * @param values {@code [rows, columns]}
 */
record Matrix(int rows, int columns, double[] values) {
    private static final int SUBSPACE_ITERATIONS = 60;

    static Matrix zeros(int rows, int columns) {
        return new Matrix(rows, columns, new double[rows * columns]);
    }

    static Matrix of(int rows, int columns, float[] values) {
        Matrix matrix = zeros(rows, columns);
        for (int i = 0; i < values.length; i++) {
            matrix.values[i] = values[i];
        }
        return matrix;
    }

    static Matrix identity(int size) {
        Matrix matrix = zeros(size, size);
        for (int i = 0; i < size; i++) {
            matrix.values[i * size + i] = 1;
        }
        return matrix;
    }

    float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    Matrix row(int index) {
        return new Matrix(1, columns, Arrays.copyOfRange(values, index * columns, (index + 1) * columns));
    }

    Matrix times(Matrix other) {
        Matrix product = zeros(rows, other.columns);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                double value = values[i * columns + k];
                int from = k * other.columns;
                int to = i * other.columns;
                for (int j = 0; j < other.columns; j++) {
                    product.values[to + j] += value * other.values[from + j];
                }
            }
        }
        return product;
    }

    /** thisᵀ · other, without the transpose in memory. */
    Matrix transposedTimes(Matrix other) {
        Matrix product = zeros(columns, other.columns);
        for (int k = 0; k < rows; k++) {
            for (int i = 0; i < columns; i++) {
                double value = values[k * columns + i];
                int from = k * other.columns;
                int to = i * other.columns;
                for (int j = 0; j < other.columns; j++) {
                    product.values[to + j] += value * other.values[from + j];
                }
            }
        }
        return product;
    }

    Matrix transposed() {
        Matrix transposed = zeros(columns, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed.values[j * rows + i] = values[i * columns + j];
            }
        }
        return transposed;
    }

    Matrix scaled(double factor) {
        Matrix scaled = zeros(rows, columns);
        for (int i = 0; i < values.length; i++) {
            scaled.values[i] = factor * values[i];
        }
        return scaled;
    }

    Matrix plus(Matrix other) {
        Matrix sum = zeros(rows, columns);
        for (int i = 0; i < values.length; i++) {
            sum.values[i] = values[i] + other.values[i];
        }
        return sum;
    }

    double trace() {
        double trace = 0;
        for (int i = 0; i < rows; i++) {
            trace += values[i * columns + i];
        }
        return trace;
    }

    /**
     * X of least {@code |this · X − targets|² + ridge · mean diagonal · |X|²}, by Cholesky's factorisation of the normal
     * equations.
     */
    Matrix leastSquares(Matrix targets, double ridge) {
        Matrix normal = transposedTimes(this);
        int n = normal.rows;
        double added = ridge * normal.trace() / n + Double.MIN_NORMAL;
        double[] l = normal.values;
        for (int j = 0; j < n; j++) {
            double diagonal = l[j * n + j] + added;
            for (int k = 0; k < j; k++) {
                diagonal -= l[j * n + k] * l[j * n + k];
            }
            double root = Math.sqrt(Math.max(diagonal, added));
            l[j * n + j] = root;
            for (int i = j + 1; i < n; i++) {
                double value = l[i * n + j];
                for (int k = 0; k < j; k++) {
                    value -= l[i * n + k] * l[j * n + k];
                }
                l[i * n + j] = value / root;
            }
        }
        return substituted(l, n, transposedTimes(targets));
    }

    private static Matrix substituted(double[] l, int n, Matrix right) {
        double[] x = right.values.clone();
        int width = right.columns;
        for (int c = 0; c < width; c++) {
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < i; k++) {
                    x[i * width + c] -= l[i * n + k] * x[k * width + c];
                }
                x[i * width + c] /= l[i * n + i];
            }
            for (int i = n - 1; i >= 0; i--) {
                for (int k = i + 1; k < n; k++) {
                    x[i * width + c] -= l[k * n + i] * x[k * width + c];
                }
                x[i * width + c] /= l[i * n + i];
            }
        }
        return new Matrix(n, width, x);
    }

    /** The leading eigenvectors of a symmetric matrix without negative eigenvalues, as orthonormal columns. */
    Matrix leadingDirections(int count) {
        Matrix directions = zeros(rows, count);
        Random random = new Random(1);
        for (int i = 0; i < directions.values.length; i++) {
            directions.values[i] = random.nextGaussian();
        }
        for (int i = 0; i < SUBSPACE_ITERATIONS; i++) {
            directions = times(directions);
            directions.orthonormalise();
        }
        return directions;
    }

    /** Gram–Schmidt over the columns, twice, since one pass leaves what rounding has brought back. */
    private void orthonormalise() {
        for (int c = 0; c < columns; c++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int before = 0; before < c; before++) {
                    double along = columnDot(c, before);
                    for (int r = 0; r < rows; r++) {
                        values[r * columns + c] -= along * values[r * columns + before];
                    }
                }
            }
            double length = Math.sqrt(columnDot(c, c));
            for (int r = 0; r < rows; r++) {
                values[r * columns + c] /= length == 0 ? 1 : length;
            }
        }
    }

    private double columnDot(int a, int b) {
        double dot = 0;
        for (int r = 0; r < rows; r++) {
            dot += values[r * columns + a] * values[r * columns + b];
        }
        return dot;
    }
}
