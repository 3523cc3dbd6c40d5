package io.retort.distill.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.analysis.WeightRows.MatrixShape;
import java.util.Arrays;
import java.util.Random;

/**
 * One pass over a matrix, block of rows by block of rows, after which its figures are known. A matrix with a side of at
 * most {@value #EXACT_SIDE} has its spectrum computed from the Gram matrix of that side. For a larger one the sum of the
 * fourth powers of its singular values is {@code trace(G²)} with {@code G = WᵀW}, estimated without bias by Hutchinson's
 * probes: {@code mean of |G z|²} over vectors z of random signs; {@code G z = Σ blocks Bᵀ(B z)} needs nothing but the
 * block at hand. A probe's variance is at most {@code 2 Σσ⁸}, so the relative error is at most
 * {@code sqrt(2 / probes)} for a matrix of one direction and {@code sqrt(2 / (r · probes))} for r equal ones; the error
 * reported is measured from how much the probes differ. For one thread.
 */
final class MatrixReading implements AutoCloseable {
    static final int EXACT_SIDE = 256;

    private final MatrixShape shape;
    private final NDManager manager = NDManager.newBaseManager();
    /** {@code [columns, probes]}; of an exact reading the identity's place, unused. */
    private final NDArray probes;

    private final NDArray sum;
    private final double[][] gram;
    private final float[] kept;
    private final boolean exact;
    private final boolean tall;
    private double squares;
    private int rowsRead;

    MatrixReading(MatrixShape shape, ProbeSettings settings) {
        this.shape = shape;
        this.exact = Math.min(shape.rows(), shape.columns()) <= EXACT_SIDE;
        this.tall = shape.columns() <= shape.rows();
        int side = exact ? Math.min(shape.rows(), shape.columns()) : 0;
        this.gram = new double[side][side];
        // A wide matrix of few rows is kept whole: at most EXACT_SIDE rows.
        this.kept = exact && !tall ? new float[shape.rows() * shape.columns()] : new float[0];
        int count = exact ? 1 : settings.probes();
        this.probes = manager.create(signs(exact ? 1 : shape.columns(), count, settings.seed()));
        this.sum = manager.zeros(probes.getShape());
    }

    private static float[][] signs(int rows, int columns, long seed) {
        Random random = new Random(seed);
        float[][] signs = new float[rows][columns];
        for (float[] row : signs) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextBoolean() ? 1 : -1;
            }
        }
        return signs;
    }

    /** Takes the next rows. */
    void add(float[] block, int rows) {
        int length = rows * shape.columns();
        for (int i = 0; i < length; i++) {
            squares += (double) block[i] * block[i];
        }
        if (!exact) {
            probe(block, rows);
        } else if (tall) {
            addColumnGram(block, rows);
        } else {
            System.arraycopy(block, 0, kept, rowsRead * shape.columns(), length);
        }
        rowsRead += rows;
    }

    private void probe(float[] block, int rows) {
        try (NDManager scope = manager.newSubManager()) {
            float[] values =
                    rows * shape.columns() == block.length ? block : Arrays.copyOf(block, rows * shape.columns());
            NDArray b = scope.create(values, new Shape(rows, shape.columns()));
            NDArray projected = b.matMul(probes); // [rows, probes]
            projected.attach(scope);
            NDArray back = b.transpose().matMul(projected); // [columns, probes]
            back.attach(scope);
            sum.addi(back);
        }
    }

    private void addColumnGram(float[] block, int rows) {
        int n = shape.columns();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < n; i++) {
                double value = block[row * n + i];
                for (int j = 0; j < n; j++) {
                    gram[i][j] += value * block[row * n + j];
                }
            }
        }
    }

    private void rowGram() {
        int n = shape.columns();
        for (int i = 0; i < gram.length; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                for (int c = 0; c < n; c++) {
                    dot += (double) kept[i * n + c] * kept[j * n + c];
                }
                gram[i][j] = dot;
                gram[j][i] = dot;
            }
        }
    }

    /** The figures, once all rows were added. */
    MatrixFigures finish() {
        if (rowsRead != shape.rows()) {
            throw new IllegalStateException("expected " + shape.rows() + " rows, found " + rowsRead);
        }
        if (exact) {
            if (!tall) {
                rowGram();
            }
            return MatrixFigures.exact(shape, SymmetricSpectrum.eigenvalues(gram));
        }
        float[] fourth = sum.square().sum(new int[] {0}).toFloatArray();
        double mean = 0;
        for (float value : fourth) {
            mean += (double) value / fourth.length;
        }
        double variance = 0;
        for (float value : fourth) {
            variance += (value - mean) * (value - mean) / Math.max(1, fourth.length - 1);
        }
        double ratio = mean == 0 ? 0 : squares * squares / mean;
        double relative = mean == 0 ? 0 : Math.sqrt(variance / fourth.length) / mean;
        return new MatrixFigures(
                shape.rows(), shape.columns(), Math.sqrt(squares), ratio, ratio * relative, Double.NaN);
    }

    @Override
    public void close() {
        manager.close();
    }
}
