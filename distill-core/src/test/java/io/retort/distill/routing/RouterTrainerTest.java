package io.retort.distill.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.routing.PromptFeatures;
import io.retort.inference.routing.Router;
import io.retort.inference.routing.RouterConfig;
import io.retort.inference.tensors.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RouterTrainerTest {
    private static final List<String> EXPERTS = List.of("sums", "stories", "calls");

    /** Prompts of three kinds, each of which one expert answers at 0.1 nats a byte and the others at about 2. */
    private static ExpertLosses separable(int documents) {
        Random random = new Random(5);
        List<byte[]> prompts = new ArrayList<>();
        double[][] losses = new double[documents][3];
        String[] names = {"Tom", "Ann", "Max", "Eve", "Ben", "Lily"};
        for (int d = 0; d < documents; d++) {
            int kind = d % 3;
            String name = names[random.nextInt(names.length)];
            String prompt = switch (kind) {
                case 0 -> random.nextInt(1000) + "+" + random.nextInt(1000) + "=";
                case 1 -> name + " went to the park and met " + names[random.nextInt(names.length)] + ". They";
                default -> "{\"tool\":\"mail\",\"to\":\"" + name + random.nextInt(1000) + "\"}";
            };
            prompts.add(prompt.getBytes(StandardCharsets.US_ASCII));
            for (int e = 0; e < 3; e++) {
                losses[d][e] = e == kind ? 0.1 : 2 + random.nextDouble();
            }
        }
        return new ExpertLosses(EXPERTS, prompts, losses);
    }

    @Test
    void domainsThatCanBeToldApartAreToldApart() {
        TrainedRouter trained = new RouterTrainer(RouterTrainingSettings.DEFAULT).train(separable(600));
        RouterReport report = trained.report();
        assertThat(report.heldOut() + report.trained()).isEqualTo(600);
        assertThat(report.heldOut()).isBetween(100, 140);
        assertThat(report.accuracy()).isGreaterThan(0.99);
        assertThat(report.regret()).isLessThan(0.05);
        assertThat(report.singleRegret()).isGreaterThan(1);
        assertThat(report.trainingLosses().get(29))
                .isLessThan(report.trainingLosses().get(0));
        for (int e = 0; e < 3; e++) {
            assertThat(report.choices().get(e).get(e)).isGreaterThan(0.95);
        }
        byte[] sum = "12+7=".getBytes(StandardCharsets.US_ASCII);
        assertThat(trained.router().route(sum).choices().get(0).expert()).isEqualTo("sums");
    }

    @Test
    void whatARouterWasNeverShownIsUnknownToIt() {
        ExpertLosses data = separable(600);
        List<Integer> kept = new ArrayList<>();
        List<byte[]> unknown = new ArrayList<>();
        for (int d = 0; d < 600; d++) {
            if (data.best(d) != 2) {
                kept.add(d);
            } else {
                unknown.add(data.prompts().get(d));
            }
        }
        ExpertLosses known = data.of(List.of(0, 1), kept);
        assertThat(known.experts()).isEqualTo(EXPERTS.subList(0, 2));
        assertThat(known.losses()[7]).containsExactly(data.losses()[kept.get(7)][0], data.losses()[kept.get(7)][1]);
        TrainedRouter trained = new RouterTrainer(RouterTrainingSettings.DEFAULT).train(known);
        assertThat(trained.heldOut()).hasSize(trained.report().heldOut());
        long flagged = unknown.stream()
                .filter(prompt -> trained.router().route(prompt).isUnknown())
                .count();
        long alarms = trained.heldOut().stream()
                .filter(d -> trained.router().route(known.prompts().get(d)).isUnknown())
                .count();
        assertThat((double) flagged / unknown.size()).isGreaterThan(0.8);
        assertThat((double) alarms / trained.heldOut().size()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void accuracyIsThatOfChanceWhereThePromptTellsNothing() {
        ExpertLosses data = separable(600);
        List<double[]> shuffled = new ArrayList<>(List.of(data.losses()));
        Collections.shuffle(shuffled, new Random(9));
        RouterReport report = new RouterTrainer(RouterTrainingSettings.DEFAULT)
                .train(new ExpertLosses(EXPERTS, data.prompts(), shuffled.toArray(new double[0][])))
                .report();
        assertThat(report.accuracy()).isBetween(0.15, 0.55);
    }

    @Test
    void theSameDataAndSeedGiveTheSameWeightsAndAnotherSeedGivesOthers() {
        ExpertLosses data = separable(90);
        List<Tensor> first = new RouterTrainer(RouterTrainingSettings.DEFAULT)
                .train(data)
                .router()
                .tensors();
        List<Tensor> second = new RouterTrainer(RouterTrainingSettings.DEFAULT)
                .train(data)
                .router()
                .tensors();
        RouterTrainingSettings other = new RouterTrainingSettings(
                new PromptFeatures(512, 256), 16, 3, 0.1, 0.05, new Descent(0.01, 1e-5, 30, 32, 2));
        List<Tensor> third = new RouterTrainer(other).train(data).router().tensors();
        for (int t = 0; t < first.size(); t++) {
            assertThat(second.get(t).values()).isEqualTo(first.get(t).values());
            assertThat(third.get(t).values()).isNotEqualTo(first.get(t).values());
        }
    }

    @Test
    void gradientsEqualFiniteDifferences() {
        PromptFeatures features = new PromptFeatures(16, 8);
        RouterNetwork network = new RouterNetwork(new RouterConfig(EXPERTS, features, 3, 3), new Random(2));
        SparseFeatures x = SparseFeatures.of(features, new byte[] {1, 2, 3, 1});
        double[] target = {0.2, 0.7, 0.1};
        double[] weights = network.weights();
        double[] gradient = new double[weights.length];
        network.addGradient(x, target, gradient);
        double step = 1e-6;
        for (int i = 0; i < weights.length; i++) {
            double kept = weights[i];
            weights[i] = kept + step;
            double above = network.addGradient(x, target, new double[weights.length]);
            weights[i] = kept - step;
            double below = network.addGradient(x, target, new double[weights.length]);
            weights[i] = kept;
            assertThat(gradient[i]).isCloseTo((above - below) / (2 * step), within(1e-8));
        }
    }

    @Test
    void theRuntimesRouterComputesWhatWasTrained() {
        PromptFeatures features = new PromptFeatures(64, 8);
        RouterNetwork network = new RouterNetwork(new RouterConfig(EXPERTS, features, 4, 3), new Random(4));
        Router router = network.toRouter();
        byte[] prompt = "some prompt".getBytes(StandardCharsets.US_ASCII);
        for (int e = 0; e < 3; e++) {
            double[] target = new double[3];
            target[e] = 1;
            double loss =
                    network.addGradient(SparseFeatures.of(features, prompt), target, new double[64 * 4 + 4 + 12 + 3]);
            assertThat(Math.log(router.probabilities(prompt)[e])).isCloseTo(-loss, within(1e-5));
        }
    }

    @Test
    void documentsWithOnePromptAreNotEnough() {
        byte[] prompt = {1};
        ExpertLosses one = new ExpertLosses(List.of("a"), List.of(prompt, prompt), new double[][] {{1}, {2}});
        assertThatThrownBy(() -> new RouterTrainer(RouterTrainingSettings.DEFAULT).train(one))
                .hasMessageContaining("two different prompts");
    }

    @Test
    void equalPromptsAreOnOneSideOfTheFold() {
        List<byte[]> prompts = new ArrayList<>();
        double[][] losses = new double[40][];
        for (int d = 0; d < 40; d++) {
            prompts.add(new byte[] {(byte) (d % 2)});
            losses[d] = new double[] {d % 2, 1 - d % 2};
        }
        RouterReport report = new RouterTrainer(RouterTrainingSettings.DEFAULT)
                .train(new ExpertLosses(List.of("a", "b"), prompts, losses))
                .report();
        assertThat(report.heldOut()).isEqualTo(20);
        assertThat(report.trained()).isEqualTo(20);
    }

    @Test
    void lossesThatAreNoNumbersAreRefused() {
        assertThatThrownBy(() -> new ExpertLosses(
                        List.of("a"), List.of(new byte[0]), new double[][] {{Double.POSITIVE_INFINITY}}))
                .hasMessageContaining("expected finite losses for document 0");
        assertThatThrownBy(() -> new ExpertLosses(List.of("a", "b"), List.of(new byte[0]), new double[][] {{1}}))
                .hasMessageContaining("expected 2 losses for document 0, found 1");
    }
}
