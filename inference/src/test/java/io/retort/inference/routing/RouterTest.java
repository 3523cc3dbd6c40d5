package io.retort.inference.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.tensors.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final RouterConfig CONFIG =
            new RouterConfig(List.of("a", "b", "c", "d"), new PromptFeatures(16, 8), 1, 3);

    /** A router that gives every prompt the same probabilities: only the output's bias counts. */
    private static Map<String, Tensor> constant(double... probabilities) {
        float[] bias = new float[probabilities.length];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = (float) Math.log(probabilities[i]);
        }
        Map<String, Tensor> weights = new HashMap<>();
        for (Tensor tensor : List.of(
                new Tensor(Router.HIDDEN_WEIGHT, new int[] {1, 16}, new float[16]),
                new Tensor(Router.HIDDEN_BIAS, new int[] {1}, new float[1]),
                new Tensor(Router.OUTPUT_WEIGHT, new int[] {4, 1}, new float[4]),
                new Tensor(Router.OUTPUT_BIAS, new int[] {4}, bias))) {
            weights.put(tensor.name(), tensor);
        }
        return weights;
    }

    private static void assertSameRouting(Routing actual, Routing expected) {
        assertThat(actual.choices()).hasSameSizeAs(expected.choices());
        for (int i = 0; i < expected.choices().size(); i++) {
            ExpertChoice wanted = expected.choices().get(i);
            assertThat(actual.choices().get(i).expert()).isEqualTo(wanted.expert());
            assertThat(actual.choices().get(i).weight()).isCloseTo(wanted.weight(), within(1e-12));
        }
    }

    @Test
    void theThreeLikeliestAreChosenWithWeightsThatAddUpToOne() {
        Routing routing = new Router(CONFIG, constant(0.1, 0.5, 0.16, 0.24)).route(new byte[] {1});
        assertThat(routing.choices()).extracting(ExpertChoice::expert).containsExactly("b", "d", "c");
        assertThat(routing.choices()).extracting(ExpertChoice::index).containsExactly(1, 3, 2);
        assertThat(routing.confidence()).isCloseTo(0.5, within(1e-6));
        assertThat(routing.choices().get(0).weight()).isCloseTo(0.5 / 0.9, within(1e-6));
        assertThat(routing.choices().get(2).weight()).isCloseTo(0.16 / 0.9, within(1e-6));
    }

    @Test
    void aNegligibleExpertIsLeftOutAndItsWeightShared() {
        Routing routing = new Router(CONFIG, constant(0.004, 0.9, 0.001, 0.095)).route(new byte[0]);
        assertThat(routing.choices()).extracting(ExpertChoice::expert).containsExactly("b", "d");
        assertThat(routing.choices().get(1).weight()).isCloseTo(0.095 / 0.995, within(1e-6));
        Routing sure = new Router(CONFIG, constant(1e-9, 1, 1e-9, 1e-9)).route(new byte[0]);
        assertThat(sure.choices()).containsExactly(new ExpertChoice("b", 1, 1.0));
    }

    @Test
    void theNetworkIsComputedAsDocumented() {
        PromptFeatures features = new PromptFeatures(16, 8);
        RouterConfig config = new RouterConfig(List.of("a", "b"), features, 2, 2);
        byte[] prompt = {'q'};
        int bucket = features.bucket(prompt, 0, 1);
        float[] hidden = new float[32];
        hidden[bucket] = 2;
        hidden[16 + bucket] = -1;
        Map<String, Tensor> weights = new HashMap<>();
        weights.put(Router.HIDDEN_WEIGHT, new Tensor(Router.HIDDEN_WEIGHT, new int[] {2, 16}, hidden));
        weights.put(Router.HIDDEN_BIAS, new Tensor(Router.HIDDEN_BIAS, new int[] {2}, new float[] {0.5f, 0.25f}));
        weights.put(
                Router.OUTPUT_WEIGHT, new Tensor(Router.OUTPUT_WEIGHT, new int[] {2, 2}, new float[] {1, 2, -1, 3}));
        weights.put(Router.OUTPUT_BIAS, new Tensor(Router.OUTPUT_BIAS, new int[] {2}, new float[] {0, 1}));
        double first = Math.tanh(2.5);
        double second = Math.tanh(-0.75);
        double difference = (first + 2 * second) - (-first + 3 * second + 1);
        assertThat(new Router(config, weights).probabilities(prompt)[0])
                .isCloseTo(1 / (1 + Math.exp(-difference)), within(1e-6));
    }

    @Test
    void weightsOfAnotherShapeAreRefused() {
        Map<String, Tensor> missing = constant(0.25, 0.25, 0.25, 0.25);
        missing.remove(Router.HIDDEN_BIAS);
        assertThatThrownBy(() -> new Router(CONFIG, missing)).hasMessageContaining("hidden.bias");
        Map<String, Tensor> wrong = constant(0.25, 0.25, 0.25, 0.25);
        wrong.put(Router.OUTPUT_BIAS, new Tensor(Router.OUTPUT_BIAS, new int[] {3}, new float[3]));
        assertThatThrownBy(() -> new Router(CONFIG, wrong)).hasMessageContaining("expected shape [4]");
        Map<String, Tensor> extra = constant(0.25, 0.25, 0.25, 0.25);
        extra.put("x", new Tensor("x", new int[] {1}, new float[1]));
        assertThatThrownBy(() -> new Router(CONFIG, extra)).hasMessageContaining("expected the 4 tensors");
    }

    @Test
    void historyTipsABalanceWithinItsBoundsAndForgets() {
        Router router = new Router(CONFIG, constant(0.3, 0.3, 0.2, 0.2));
        PerformanceHistory history = new PerformanceHistory(4, 16);
        byte[] prompt = {'p'};
        assertSameRouting(router.route(prompt, history, 3), router.route(prompt));
        for (int i = 0; i < 1000; i++) {
            history.record(1, 1);
            history.record(0, 0);
        }
        assertThat(router.route(prompt, history, 3).choices().get(0).expert()).isEqualTo("b");
        // The best as if 8 of 1/2 had come first: (4 + 16) / 24 = 5/6. Means (8 · 5/6 + 16) / 24 = 17/18, (8 · 5/6) /
        // 24 = 5/18
        // and twice 5/6, over all 13/18.
        ExpertPerformance best = history.explain().get(1);
        assertThat(best.outcomes()).isEqualTo(16);
        assertThat(best.mean()).isCloseTo(17.0 / 18, within(1e-12));
        assertThat(best.factor()).isCloseTo(Math.pow(2, 4.0 / 18), within(1e-12));
        for (int i = 0; i < 16; i++) {
            history.record(1, 0.5);
            history.record(0, 0.5);
        }
        assertSameRouting(router.route(prompt, history, 3), router.route(prompt));
        assertThatThrownBy(() -> history.record(0, Double.NaN)).hasMessageContaining("NaN");
    }
}
