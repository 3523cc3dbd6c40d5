package io.retort.inference.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every implementation of {@link Kernels} has to do, by sums in double precision. */
public abstract class KernelsSuite {
    private static final long SEED = 20261126;

    private final Random random = new Random(SEED);

    /** Whose suite this is. */
    protected abstract Kernels kernels();

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 56, 112", "2, 7, 16", "3, 24, 17", "4, 24, 98", "5, 30, 47", "9, 3, 130", "33, 28, 176"})
    void productsAreSumsOverInputs(int rows, int inputs, int outputs) {
        Block in = random(rows, inputs);
        Block matrix = random(inputs, outputs);
        Block fresh = random(rows, outputs);
        Block added = random(rows, outputs);
        float[] before = added.values().clone();

        kernels().multiply(in, matrix, fresh, rows, inputs, outputs);
        kernels().multiplyAdd(in, matrix, added, rows, inputs, outputs);

        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < outputs; o++) {
                double sum = sum(in, matrix, row, o, inputs);
                assertThat((double) fresh.values()[fresh.row(row) + o]).isCloseTo(sum, within(1e-4));
                int at = added.row(row) + o;
                assertThat((double) added.values()[at]).isCloseTo(before[at] + sum, within(1e-4));
            }
        }
    }

    @Test
    void aRowsProductDoesNotDependOnTheRowsBesideIt() {
        int inputs = 29;
        int outputs = 83;
        Block in = random(11, inputs);
        Block matrix = random(inputs, outputs);
        Block together = Block.zeros(11, outputs);
        kernels().multiply(in, matrix, together, 11, inputs, outputs);
        for (int row = 0; row < 11; row++) {
            Block alone = Block.zeros(1, outputs);
            kernels().multiply(new Block(in.values(), in.row(row), in.stride()), matrix, alone, 1, inputs, outputs);
            assertThat(Arrays.copyOf(alone.values(), outputs))
                    .containsExactly(
                            Arrays.copyOfRange(together.values(), together.row(row), together.row(row) + outputs));
        }
    }

    @ParameterizedTest
    @CsvSource({"24, 24", "16, 24", "0, 24", "16, 16", "0, 16"})
    void integersComeOutOfWordsAsTheyWerePutIn(int left, int right) {
        int[] words = random.ints(83).toArray();
        float[] out = new float[90];
        kernels().unpack(words, 3, left, right, out, 5, 80);

        int bits = 32 - right;
        for (int i = 0; i < 80; i++) {
            // Bits right - left and above, as two's complement has it.
            long part = (words[i + 3] >>> (right - left)) & ((1L << bits) - 1);
            assertThat((double) out[i + 5]).isEqualTo(part < 1L << (bits - 1) ? part : part - (1L << bits));
        }
        assertThat(out[4]).isZero();
        assertThat(out[85]).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 12", "1, 6, 12", "3, 203, 28", "2, 100, 40", "8, 15, 16"})
    void mixesAreSumsOverInputsAndInputsOfWeightZeroChangeNothing(int rows, int inputs, int outputs) {
        Block weights = random(rows, inputs + 5);
        Block values = random(inputs + 5, outputs);
        Block mixed = Block.zeros(rows, outputs);
        kernels().mix(weights, values, mixed, rows, inputs, outputs);
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < outputs; o++) {
                assertThat((double) mixed.values()[mixed.row(row) + o])
                        .isCloseTo(sum(weights, values, row, o, inputs), within(1e-4));
            }
            Arrays.fill(weights.values(), weights.row(row) + inputs, weights.row(row) + inputs + 5, 0);
        }
        Block more = Block.zeros(rows, outputs);
        kernels().mix(weights, values, more, rows, inputs + 5, outputs);
        for (int row = 0; row < rows; row++) {
            assertThat(Arrays.copyOfRange(more.values(), more.row(row), more.row(row) + outputs))
                    .containsExactly(Arrays.copyOfRange(mixed.values(), mixed.row(row), mixed.row(row) + outputs));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 5", "1, 4, 112", "7, 4, 33", "5, 8, 48", "2, 32, 16"})
    void convolutionsLookBack(int rows, int shifts, int channels) {
        Block window = random(shifts - 1 + rows, channels);
        Block weights = random(shifts, channels);
        Block out = random(rows, channels);
        kernels().convolve(window, weights, out, rows, shifts, channels);
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < channels; c++) {
                double sum = 0;
                for (int shift = 0; shift < shifts; shift++) {
                    int past = window.row(row + shifts - 1 - shift) + c;
                    sum += (double) weights.values()[weights.row(shift) + c] * window.values()[past];
                }
                assertThat((double) out.values()[out.row(row) + c]).isCloseTo(sum, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "15", "16", "17", "56", "98"})
    void exponentialsAreRightBesideTheLargestAndAddedUp(int count) {
        float[] x = new float[3 + count + Kernels.LANES];
        double[] expected = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            x[3 + i] = i == 0 ? 2 : (float) (2 - 90 * random.nextDouble());
            expected[i] = Math.exp((double) (x[3 + i] - 2f));
            sum += expected[i];
        }
        float before = x[2];
        assertThat(kernels().largest(x, 3, count)).isEqualTo(2);
        float found = kernels().exponentials(x, 3, count, 2);
        assertThat((double) found).isCloseTo(sum, within(1e-5 * sum));
        for (int i = 0; i < count; i++) {
            assertThat((double) x[3 + i]).isCloseTo(expected[i], within(4e-7));
        }
        assertThat(x[2]).isEqualTo(before);
    }

    @Test
    void sigmoidsAreRightAtEveryDistanceFromZero() {
        int count = 2001;
        float[] x = new float[count + Kernels.LANES];
        for (int i = 0; i < count; i++) {
            x[i] = (i - 1000) * 0.1f;
        }
        float[] arguments = x.clone();
        kernels().sigmoid(x, 0, count);
        for (int i = 0; i < count; i++) {
            double expected = 1 / (1 + Math.exp(-(double) arguments[i]));
            assertThat((double) x[i]).isCloseTo(expected, within(4e-7));
        }
    }

    @Test
    void whatIsNoNumberStaysNone() {
        float[] values = new float[17 + Kernels.LANES];
        Arrays.fill(values, -1);
        for (int at = 0; at < 17; at++) {
            float[] x = values.clone();
            x[at] = Float.NaN;
            assertThat(kernels().largest(x, 0, 17)).as("at %d", at).isNaN();
            assertThat(kernels().sumOfSquares(x, 0, 17)).as("at %d", at).isNaN();
            float[] sigmoid = x.clone();
            kernels().sigmoid(sigmoid, 0, 17);
            assertThat(sigmoid[at]).as("at %d", at).isNaN();
            assertThat(kernels().exponentials(x, 0, 17, 0)).as("at %d", at).isNaN();
            assertThat(x[at]).as("at %d", at).isNaN();
        }
        float[] x = values.clone();
        assertThat(kernels().exponentials(x, 0, 17, Float.NaN)).isNaN();
    }

    @Test
    void infinitiesAreWhatTheyAreInTheLimitOrNoNumbers() {
        float[] values = new float[17 + Kernels.LANES];
        Arrays.fill(values, -1);
        values[3] = Float.NEGATIVE_INFINITY;
        values[4] = Float.POSITIVE_INFINITY;
        assertThat(kernels().largest(values, 0, 17)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(kernels().largest(values, 3, 1)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(kernels().sumOfSquares(values, 0, 17)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(kernels().sumOfSquares(new float[] {1e20f, 0}, 0, 2)).isEqualTo(Float.POSITIVE_INFINITY);
        float[] x = values.clone();
        kernels().sigmoid(x, 0, 17);
        assertThat(x[3]).isBetween(0f, 4e-7f);
        assertThat(x[4]).isBetween(1 - 4e-7f, 1f);
        x = values.clone();
        // e^(∞ - ∞)
        assertThat(kernels().exponentials(x, 0, 17, Float.POSITIVE_INFINITY)).isNaN();
        x = values.clone();
        x[4] = 0;
        float sum = kernels().exponentials(x, 0, 17, 0);
        assertThat((double) sum).isCloseTo(1 + 15 * Math.exp(-1), within(1e-5));
        assertThat(x[3]).isBetween(0f, 4e-7f);
    }

    @Test
    void sumsOfSquaresAndScaledCopies() {
        for (int count : new int[] {1, 12, 16, 24, 31, 56}) {
            Block x = random(1, count);
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += (double) x.values()[i] * x.values()[i];
            }
            assertThat((double) kernels().sumOfSquares(x.values(), 0, count)).isCloseTo(sum, within(1e-5 * sum));
            float[] out = new float[count + 2 * Kernels.LANES];
            kernels().scale(x.values(), 0, out, 1, count, 3);
            for (int i = 0; i < count; i++) {
                assertThat(out[1 + i]).isEqualTo(3 * x.values()[i]);
            }
            assertThat(out[0]).isZero();
        }
    }

    private static double sum(Block in, Block matrix, int row, int output, int inputs) {
        double sum = 0;
        for (int i = 0; i < inputs; i++) {
            sum += (double) in.values()[in.row(row) + i] * matrix.values()[matrix.row(i) + output];
        }
        return sum;
    }

    private Block random(int rows, int columns) {
        Block block = Block.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < columns; c++) {
                block.values()[block.row(row) + c] = (float) random.nextGaussian();
            }
        }
        return block;
    }
}
