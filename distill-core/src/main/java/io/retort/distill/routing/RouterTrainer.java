package io.retort.distill.routing;

import io.retort.inference.routing.Router;
import io.retort.inference.routing.RouterConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Trains a router on what each expert lost on held-back documents, by cross-entropy to the soft targets
 * softmax(−loss / temperature). The same data and settings give the same weights on any machine. Thread-safe.
 */
public final class RouterTrainer {
    private final RouterTrainingSettings settings;

    /** A trainer with the given settings. */
    public RouterTrainer(RouterTrainingSettings settings) {
        this.settings = settings;
    }

    /**
     * Trains on all but a fold of the documents, and reports on the fold, by which the threshold for unknown prompts is set
     * as well.
     *
     * @throws IllegalArgumentException where the documents have fewer than two different prompts
     */
    public TrainedRouter train(ExpertLosses data) {
        List<Integer> order = byHash(data.prompts());
        int heldOut = foldSize(data.prompts(), order);
        List<Integer> fold = order.subList(0, heldOut);
        List<Integer> trained = new ArrayList<>(order.subList(heldOut, order.size()));
        Random random = new Random(settings.descent().seed());
        RouterConfig config =
                new RouterConfig(data.experts(), settings.features(), settings.hidden(), settings.chosen());
        RouterNetwork network = new RouterNetwork(config, random);
        List<Double> losses = descend(network, data, trained, random);
        Router router = network.toRouter();
        Router judging = router.withCalibration(UnknownThreshold.of(
                fold.stream()
                        .mapToDouble(d -> router.noveltyScore(data.prompts().get(d)))
                        .toArray(),
                settings.falsePositiveRate()));
        return new TrainedRouter(judging, report(judging, data, fold, losses), fold);
    }

    private List<Double> descend(RouterNetwork network, ExpertLosses data, List<Integer> documents, Random random) {
        SparseFeatures[] features = new SparseFeatures[data.prompts().size()];
        double[][] targets = new double[features.length][];
        for (int d : documents) {
            features[d] = SparseFeatures.of(settings.features(), data.prompts().get(d));
            targets[d] = target(data.losses()[d]);
        }
        Descent descent = settings.descent();
        double[] weights = network.weights();
        Adam adam = new Adam(weights.length);
        int batches = (documents.size() + descent.batch() - 1) / descent.batch();
        int steps = batches * descent.epochs();
        List<Double> losses = new ArrayList<>();
        for (int epoch = 0; epoch < descent.epochs(); epoch++) {
            Collections.shuffle(documents, random);
            double loss = 0;
            for (int b = 0; b < batches; b++) {
                int from = b * descent.batch();
                List<Integer> batch = documents.subList(from, Math.min(documents.size(), from + descent.batch()));
                double[] gradient = new double[weights.length];
                for (int d : batch) {
                    loss += network.addGradient(features[d], targets[d], gradient);
                }
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = gradient[i] / batch.size() + (network.decays(i) ? descent.l2() * weights[i] : 0);
                }
                double left = 1 - (double) (epoch * batches + b) / steps;
                adam.step(weights, gradient, descent.learningRate() * left);
            }
            losses.add(loss / documents.size());
        }
        return losses;
    }

    private double[] target(double[] losses) {
        double[] logits = new double[losses.length];
        for (int e = 0; e < losses.length; e++) {
            logits[e] = -losses[e] / settings.temperature();
        }
        return RouterNetwork.softmax(logits);
    }

    private static RouterReport report(Router router, ExpertLosses data, List<Integer> fold, List<Double> losses) {
        int experts = data.experts().size();
        double[][] choices = new double[experts][experts];
        int[] documents = new int[experts];
        double[] totals = new double[experts];
        double least = 0;
        double chosen = 0;
        int right = 0;
        for (int d : fold) {
            double[] probabilities = router.probabilities(data.prompts().get(d));
            int best = data.best(d);
            documents[best]++;
            int first = 0;
            for (int e = 0; e < experts; e++) {
                choices[best][e] += probabilities[e];
                totals[e] += data.losses()[d][e];
                first = probabilities[e] > probabilities[first] ? e : first;
            }
            least += data.losses()[d][best];
            chosen += data.losses()[d][first];
            right += data.losses()[d][first] <= data.losses()[d][best] ? 1 : 0;
        }
        double single = Arrays.stream(totals).min().orElseThrow();
        List<List<Double>> rows = new ArrayList<>();
        for (int best = 0; best < experts; best++) {
            int count = Math.max(1, documents[best]);
            rows.add(Arrays.stream(choices[best]).mapToObj(sum -> sum / count).toList());
        }
        int n = fold.size();
        return new RouterReport(
                data.prompts().size() - n,
                n,
                (double) right / n,
                (chosen - least) / n,
                (single - least) / n,
                rows,
                losses);
    }

    /** Returns documents in an order that depends on their prompts and the seed alone; equal prompts are neighbours. */
    private List<Integer> byHash(List<byte[]> prompts) {
        long[] hashes = new long[prompts.size()];
        List<Integer> order = new ArrayList<>();
        for (int d = 0; d < hashes.length; d++) {
            long hash = settings.descent().seed();
            for (byte b : prompts.get(d)) {
                // The constant and shift are those of SplitMix64's increments; all that is asked of them is to mix.
                hash = (hash ^ b) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            hashes[d] = hash;
            order.add(d);
        }
        order.sort(Comparator.<Integer>comparingLong(d -> hashes[d])
                .thenComparing((a, b) -> Arrays.compare(prompts.get(a), prompts.get(b))));
        return order;
    }

    /** Returns how many documents, first in order, are the fold: no prompt is on both sides. */
    private static int foldSize(List<byte[]> prompts, List<Integer> order) {
        int wanted = (int) Math.round(RouterTrainingSettings.HELD_OUT_SHARE * order.size());
        int best = 0;
        for (int cut = 1; cut < order.size(); cut++) {
            boolean between = !Arrays.equals(prompts.get(order.get(cut - 1)), prompts.get(order.get(cut)));
            if (between && (best == 0 || Math.abs(cut - wanted) < Math.abs(best - wanted))) {
                best = cut;
            }
        }
        if (best == 0) {
            throw new IllegalArgumentException(
                    "expected at least two different prompts, found " + prompts.size() + " documents that share one");
        }
        return best;
    }
}
