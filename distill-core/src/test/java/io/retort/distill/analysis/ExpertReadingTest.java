package io.retort.distill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.InvalidDataException;
import io.retort.inference.tensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpertReadingTest {
    private static final ProbeSettings SETTINGS = new ProbeSettings(8, 4096, 3);
    private static final int MODEL = 32;
    private static final int WIDTH = 24;

    /** Six random experts; number 4 is number 1, and number 5 is number 2 with as much noise as there is of it. */
    private static Map<String, Tensor> layer() {
        Random random = new Random(5);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int expert = 0; expert < 6; expert++) {
            for (String projection : List.of("gate_proj", "up_proj", "down_proj")) {
                String name = new ExpertPlace(3, expert).tensor(projection);
                float[] values = new float[MODEL * WIDTH];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
                if (expert == 4) {
                    values = values(tensors, 1, projection).clone();
                }
                if (expert == 5) {
                    float[] original = values(tensors, 2, projection);
                    for (int i = 0; i < values.length; i++) {
                        values[i] += original[i];
                    }
                }
                int[] shape = projection.equals("down_proj") ? new int[] {MODEL, WIDTH} : new int[] {WIDTH, MODEL};
                tensors.put(name, new Tensor(name, shape, values));
            }
        }
        float[] router = new float[6 * MODEL];
        router[2 * MODEL] = 3;
        router[2 * MODEL + 1] = 4;
        tensors.put(ExpertPlace.router(3), new Tensor(ExpertPlace.router(3), new int[] {6, MODEL}, router));
        float[] bias = {0, 0.5f, 0, 0, 0, -1};
        tensors.put(ExpertPlace.bias(3), new Tensor(ExpertPlace.bias(3), new int[] {6}, bias));
        return tensors;
    }

    private static float[] values(Map<String, Tensor> tensors, int expert, String projection) {
        return Objects.requireNonNull(tensors.get(new ExpertPlace(3, expert).tensor(projection)))
                .values();
    }

    private static List<ExpertFigures> experts(Map<String, Tensor> tensors) throws Exception {
        MemoryWeights weights = new MemoryWeights(tensors);
        List<ExpertFigures> experts = new ArrayList<>();
        for (ExpertPlace place : ExpertPlace.all(weights.names())) {
            experts.add(new ExpertReading(weights, SETTINGS).read(place));
        }
        return experts;
    }

    @Test
    void aDuplicatedExpertIsItsOriginalsNearestAndAHalfCopyTheNextBest() throws Exception {
        MemoryWeights weights = new MemoryWeights(layer());
        LayerFigures layer = LayerFigures.of(experts(layer()), RouterFigures.read(weights, 3), 2);

        assertThat(layer.layer()).isEqualTo(3);
        assertThat(layer.experts().get(1).nearest().get(0).expert()).isEqualTo(4);
        assertThat(layer.experts().get(1).nearest().get(0).cosine()).isCloseTo(1, within(1e-9));
        assertThat(layer.experts().get(4).nearest().get(0).expert()).isEqualTo(1);
        LayerFigures.Neighbour half = layer.experts().get(2).nearest().get(0);
        assertThat(half.expert()).isEqualTo(5);
        // Original and original plus as much noise: cosine 1/sqrt(2), error (1 − 1/2) / 64.
        assertThat(half.cosine()).isCloseTo(Math.sqrt(0.5), within(4 * 0.5 / 64 + 0.03));
        assertThat(Math.abs(layer.experts().get(0).nearest().get(0).cosine())).isLessThan(0.1);
        assertThat(layer.largestSketchError()).isEqualTo(1 / 64.0);
    }

    /** Against the cosines of the weights themselves. */
    @Test
    void sketchesErrByWhatIsSaid() throws Exception {
        Map<String, Tensor> tensors = layer();
        double[][] estimated = LayerFigures.cosines(experts(tensors));
        double squares = 0;
        int pairs = 0;
        for (int a = 0; a < 6; a++) {
            for (int b = 0; b < a; b++) {
                double truth = cosine(flat(tensors, a), flat(tensors, b));
                double error = (estimated[a][b] - truth) / Math.max(1e-6, 1 - truth * truth) * 64;
                if (truth < 0.999) {
                    squares += error * error;
                    pairs++;
                }
            }
        }
        // In units of the standard error: 14 pairs, so within a factor of two.
        assertThat(Math.sqrt(squares / pairs)).isBetween(0.3, 2.0);
    }

    private static double[] flat(Map<String, Tensor> tensors, int expert) {
        return List.of("gate_proj", "up_proj", "down_proj").stream()
                .map(name -> values(tensors, expert, name))
                .flatMapToDouble(values -> IntStream.range(0, values.length).mapToDouble(i -> values[i]))
                .toArray();
    }

    private static double cosine(double[] a, double[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void theRoutersRowsAndBiasesAreRead() throws Exception {
        RouterFigures router = RouterFigures.read(new MemoryWeights(layer()), 3);

        assertThat(router.norms()).containsExactly(0, 0, 5, 0, 0, 0);
        assertThat(router.biases()).containsExactly(0, 0.5, 0, 0, 0, -1);
    }

    @Test
    void anInfiniteWeightIsRefusedByItsTensorsName() {
        Map<String, Tensor> tensors = layer();
        values(tensors, 0, "up_proj")[7] = Float.POSITIVE_INFINITY;

        assertThatThrownBy(() -> experts(tensors))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("model.layers.3.mlp.experts.0.up_proj.weight");
    }

    @Test
    void expertsAreFoundByTheirNames() {
        assertThat(ExpertPlace.all(Set.of(
                        "model.layers.1.mlp.experts.10.gate_proj.weight",
                        "model.layers.1.mlp.experts.2.gate_proj.weight",
                        "model.layers.1.mlp.experts.2.up_proj.weight",
                        "model.layers.0.mlp.gate_proj.weight",
                        "model.layers.1.mlp.shared_experts.gate_proj.weight")))
                .containsExactly(new ExpertPlace(1, 2), new ExpertPlace(1, 10));
    }
}
