package io.retort.distill.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wide instructions and plain loops give the same bits, and both the right numbers. */
class KernelsTest {
    private final Random random = new Random(1);
    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();

    @Test
    void testsRunWithTheVectorModule() {
        assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,5,2", "4,16,7", "6,33,9", "9,48,16", "13,98,40", "32,100,1"})
    void productsOfMatrices(int rows, int columns, int inner) {
        Matrix a = random(rows, inner);
        Matrix b = random(inner, columns);
        Matrix c = random(rows, columns);
        Matrix fromScalar = copy(c);
        Matrix fromVector = copy(c);
        scalar.multiplyAdd(a, b, fromScalar);
        vector.multiplyAdd(a, b, fromVector);
        assertThat(fromVector.values()).containsExactly(fromScalar.values());
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double expected = at(c, row, column);
                for (int k = 0; k < inner; k++) {
                    expected += (double) at(a, row, k) * at(b, k, column);
                }
                assertThat((double) at(fromVector, row, column)).isCloseTo(expected, within(1e-4));
            }
        }
        scalar.multiply(a, b, fromScalar);
        vector.multiply(a, b, fromVector);
        assertThat(fromVector.values()).containsExactly(fromScalar.values());
    }

    @Test
    void productsWithATransposedMatrix() {
        Matrix a = random(19, 6);
        Matrix b = random(19, 20);
        Matrix fromScalar = Matrix.zeros(6, 20);
        Matrix fromVector = Matrix.zeros(6, 20);
        scalar.multiplyAdd(a.transposed(), b, fromScalar);
        vector.multiplyAdd(a.transposed(), b, fromVector);
        assertThat(fromVector.values()).containsExactly(fromScalar.values());
        double expected = 0;
        for (int t = 0; t < 19; t++) {
            expected += (double) at(a, t, 5) * at(b, t, 19);
        }
        assertThat((double) at(fromVector, 5, 19)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void rowsAndColumns() {
        int rows = 7;
        int stride = 48;
        float[] x = floats(rows * stride);
        float[] y = floats(rows * stride);
        float[] w = floats(stride);
        float[] factors = floats(rows);
        for (Kernels kernels : new Kernels[] {scalar, vector}) {
            float[] dots = new float[rows];
            kernels.dotRows(x, y, dots, rows, stride);
            float[] scaled = new float[rows * stride];
            kernels.scaleRows(x, factors, scaled, rows, stride);
            kernels.addScaledRows(y, factors, scaled, rows, stride);
            float[] columns = y.clone();
            kernels.addScaledColumns(new Span(w, 0), new Span(x, stride), new Span(columns, 0), rows - 1, stride);
            float[] sums = w.clone();
            kernels.addColumnProducts(new Span(x, 0), new Span(y, 0), new Span(sums, 0), rows, stride);
            double dot = 0;
            for (int i = 0; i < stride; i++) {
                dot += (double) x[3 * stride + i] * y[3 * stride + i];
            }
            assertThat((double) dots[3]).isCloseTo(dot, within(1e-4));
            assertThat(scaled[3 * stride + 5])
                    .isCloseTo(factors[3] * (x[3 * stride + 5] + y[3 * stride + 5]), within(1e-5f));
            assertThat(columns[2 * stride + 9]).isCloseTo(y[2 * stride + 9] + w[9] * x[3 * stride + 9], within(1e-5f));
            assertThat(columns[6 * stride]).isEqualTo(y[6 * stride]);
            double sum = w[11];
            for (int row = 0; row < rows; row++) {
                sum += (double) x[row * stride + 11] * y[row * stride + 11];
            }
            assertThat((double) sums[11]).isCloseTo(sum, within(1e-4));
        }
    }

    @Test
    void bothGiveTheSameBits() {
        int rows = 9;
        int stride = 32;
        float[] x = floats(rows * stride);
        float[] y = floats(rows * stride);
        float[][] results = new float[2][];
        for (int i = 0; i < 2; i++) {
            Kernels kernels = i == 0 ? scalar : vector;
            float[] h = new float[rows * stride];
            kernels.scan(x, y, h, 2, 6, stride);
            kernels.scanBack(x, h, 2, 6, stride);
            float[] dots = new float[rows];
            kernels.dotRows(h, y, dots, rows, stride);
            kernels.addScaledRows(y, dots, h, rows, stride);
            kernels.addColumnProducts(new Span(x, 0), new Span(y, 0), new Span(h, stride), rows, stride);
            kernels.addScaledColumns(new Span(y, 0), new Span(x, 0), new Span(h, 0), rows, stride);
            results[i] = h;
        }
        assertThat(results[1]).containsExactly(results[0]);
    }

    @Test
    void scanIsTheRecurrenceAndStaysWithinItsRows() {
        float[] z = {9, 0.5f, 0.25f, 9};
        float[] c = {9, 2, 4, 9};
        float[] h = scanned(z, c);
        assertThat(h[0]).isZero();
        assertThat(h[16]).isEqualTo(1);
        assertThat(h[32]).isEqualTo(1.75f);
        assertThat(h[48]).isZero();
    }

    private float[] scanned(float[] z, float[] c) {
        float[] wideZ = new float[64];
        float[] wideC = new float[64];
        float[] h = new float[64];
        for (int i = 0; i < 4; i++) {
            wideZ[i * 16] = z[i];
            wideC[i * 16] = c[i];
        }
        vector.scan(wideZ, wideC, h, 1, 2, 16);
        return h;
    }

    @Test
    void elementwiseFunctions() {
        float[] x = new float[4001];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 2000) / 100f;
        }
        float[] s = new float[x.length];
        Elementwise.sigmoid(x, s, x.length);
        float[] e = x.clone();
        Elementwise.exp(e, 0, x.length, 20);
        for (int i = 0; i < x.length; i++) {
            assertThat((double) s[i]).isCloseTo(1 / (1 + Math.exp(-x[i])), within(3e-7));
            double expected = Math.exp(x[i] - 20);
            assertThat((double) e[i]).isCloseTo(expected, within(2e-5 * expected));
        }
        float[] far = {-1e30f, -200, Float.NEGATIVE_INFINITY};
        Elementwise.exp(far, 0, 3, 0);
        assertThat(far[0]).isPositive().isLessThan(1e-34f);
        assertThat(far[2]).isPositive().isLessThan(1e-34f);
    }

    private Matrix random(int rows, int columns) {
        Matrix matrix = Matrix.zeros(rows, columns);
        matrix.set(floats(rows * columns));
        return matrix;
    }

    private static Matrix copy(Matrix m) {
        return new Matrix(m.values().clone(), m.from(), m.rows(), m.columns(), m.rowStride(), m.columnStride());
    }

    private static float at(Matrix m, int row, int column) {
        return m.values()[m.from() + row * m.rowStride() + column * m.columnStride()];
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
