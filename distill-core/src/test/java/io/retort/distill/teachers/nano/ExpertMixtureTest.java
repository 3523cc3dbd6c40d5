package io.retort.distill.teachers.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the equations written out token by token in 64 bits. */
class ExpertMixtureTest {
    private static final int MODEL = 6;
    private static final int WIDTH = 4;
    private static final int EXPERTS = 5;
    private static final int TOKENS = 12;
    private static final double SCALING = 2.5;

    private final Random random = new Random(3);
    private final double[][] router = matrix(EXPERTS, MODEL);
    private final double[][][][] experts = new double[EXPERTS][][][];
    private final double[][][] shared = mlp();
    private final double[][] x = matrix(TOKENS, MODEL);

    ExpertMixtureTest() {
        Arrays.setAll(experts, e -> mlp());
    }

    @Test
    void theOutputIsTheWeightedSumOfTheChosenExpertsAndTheSharedOne() {
        double[] bias = {0.1, -0.2, 0.05, 0, 0.3};
        Result result = run(bias);
        for (int token = 0; token < TOKENS; token++) {
            assertToken(result, token, bias);
        }
    }

    @Test
    void aBiasChangesWhoIsChosenButNotHowTheChosenAreWeighed() {
        double[] bias = new double[EXPERTS];
        bias[4] = 10;
        Result plain = run(new double[EXPERTS]);
        Result biased = run(bias);
        boolean changed = false;
        for (int token = 0; token < TOKENS; token++) {
            assertThat(chosen(biased, token)).contains(4L);
            changed |= !chosen(plain, token).contains(4L);
            assertToken(biased, token, bias);
        }
        assertThat(changed).as("some token would not have chosen expert 4").isTrue();
    }

    @Test
    void allTokensMayGoToTheSameExperts() {
        double[] bias = {10, 10, 0, 0, 0};
        Result result = run(bias);
        for (int token = 0; token < TOKENS; token++) {
            assertThat(chosen(result, token)).containsExactlyInAnyOrder(0L, 1L);
            assertToken(result, token, bias);
        }
    }

    private static List<Long> chosen(Result result, int token) {
        return List.of(result.choices[2 * token], result.choices[2 * token + 1]);
    }

    private record Result(float[] output, long[] choices, float[] shares) {}

    private void assertToken(Result result, int token, double[] bias) {
        double[] scores = new double[EXPERTS];
        Arrays.setAll(scores, e -> 1 / (1 + Math.exp(-dot(router[e], x[token]))));
        List<Long> best = new ArrayList<>(List.of(0L, 1L, 2L, 3L, 4L));
        best.sort((a, b) ->
                Double.compare(scores[b.intValue()] + bias[b.intValue()], scores[a.intValue()] + bias[a.intValue()]));
        int first = best.get(0).intValue();
        int second = best.get(1).intValue();
        assertThat(chosen(result, token)).containsExactlyInAnyOrder((long) first, (long) second);
        double sum = scores[first] + scores[second];
        double[] expected = apply(shared, x[token]);
        for (int e : new int[] {first, second}) {
            double share = scores[e] / sum * SCALING;
            int at = result.choices[2 * token] == e ? 2 * token : 2 * token + 1;
            assertThat((double) result.shares[at]).as("share of expert %d", e).isCloseTo(share, within(1e-5));
            double[] output = apply(experts[e], x[token]);
            for (int i = 0; i < MODEL; i++) {
                expected[i] += share * output[i];
            }
        }
        for (int i = 0; i < MODEL; i++) {
            assertThat((double) result.output[token * MODEL + i])
                    .as("token %d, channel %d", token, i)
                    .isCloseTo(expected[i], within(1e-4));
        }
    }

    private Result run(double[] bias) {
        ExpertConfig config = new ExpertConfig(EXPERTS, 2, 1, WIDTH, SCALING, ExpertConfig.Weighting.NORMALISED);
        try (NDManager manager = NDManager.newBaseManager()) {
            List<GatedMlp> networks = new ArrayList<>();
            for (double[][][] expert : experts) {
                networks.add(arrays(manager, expert));
            }
            NDArray biasArray = array(manager, new double[][] {bias}).reshape(EXPERTS);
            Mixture weights =
                    new Mixture(array(manager, router), biasArray, networks, Optional.of(arrays(manager, shared)));
            long[][] choices = new long[1][];
            float[][] shares = new float[1][];
            NDArray output = new ExpertMixture(config).apply(array(manager, x), weights, 0, (layer, experts, given) -> {
                choices[0] = experts;
                shares[0] = given.toFloatArray();
            });
            return new Result(output.toFloatArray(), choices[0], shares[0]);
        }
    }

    private double[][][] mlp() {
        return new double[][][] {matrix(WIDTH, MODEL), matrix(WIDTH, MODEL), matrix(MODEL, WIDTH)};
    }

    private double[][] matrix(int rows, int columns) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return matrix;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] apply(double[][][] mlp, double[] x) {
        double[] inner = new double[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            double gate = dot(mlp[0][i], x);
            inner[i] = gate / (1 + Math.exp(-gate)) * dot(mlp[1][i], x);
        }
        double[] outer = new double[MODEL];
        Arrays.setAll(outer, i -> dot(mlp[2][i], inner));
        return outer;
    }

    private static GatedMlp arrays(NDManager manager, double[][][] mlp) {
        return new GatedMlp(array(manager, mlp[0]), array(manager, mlp[1]), array(manager, mlp[2]));
    }

    private static NDArray array(NDManager manager, double[][] matrix) {
        int columns = matrix[0].length;
        float[] values = new float[matrix.length * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) matrix[i / columns][i % columns];
        }
        return manager.create(values, new Shape(matrix.length, columns));
    }
}
