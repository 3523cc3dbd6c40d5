package io.retort.distill.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which experts which domain chooses, layer by layer.
 *
 * @param experts experts a layer
 * @param domains what was observed of each, in a fixed order
 * @param layers the layers with experts, first to last
 */
public record RoutingMap(int experts, List<ObservedDomain> domains, List<LayerRouting> layers) {
    private static final double SMOOTHING = 0.5;

    /**
     * How much of a domain was observed.
     *
     * @param documents how many
     * @param tokens positions that chose
     */
    public record ObservedDomain(String domain, long documents, long tokens) {}

    public RoutingMap {
        domains = List.copyOf(domains);
        layers = List.copyOf(layers);
    }

    /**
     * The map of observed documents, a function of the set of documents alone and not of their order.
     *
     * @param names the domains, in the order of the result; each must have a document
     * @throws IllegalArgumentException if a domain has no document, or a document none of the domains
     */
    public static RoutingMap of(List<DocumentRouting> documents, List<String> names, Permutations permutations) {
        List<DocumentRouting> sorted = documents.stream()
                .sorted(Comparator.comparing(DocumentRouting::documentId))
                .toList();
        int[] labels = sorted.stream().mapToInt(d -> label(names, d)).toArray();
        List<ObservedDomain> domains = new ArrayList<>();
        for (int domain = 0; domain < names.size(); domain++) {
            domains.add(observed(sorted, labels, names.get(domain), domain));
        }
        List<LayerRouting> layers = new ArrayList<>();
        for (int layer = 0; layer < sorted.get(0).layers(); layer++) {
            layers.add(layer(sorted, labels, names, layer, permutations));
        }
        return new RoutingMap(sorted.get(0).experts(), domains, layers);
    }

    private static int label(List<String> names, DocumentRouting document) {
        int label = names.indexOf(document.domain());
        if (label < 0) {
            throw new IllegalArgumentException("document " + document.documentId() + ": expected one of the domains "
                    + names + ", found " + document.domain());
        }
        return label;
    }

    private static ObservedDomain observed(List<DocumentRouting> documents, int[] labels, String name, int label) {
        long count = 0;
        long tokens = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == label) {
                count++;
                tokens += documents.get(i).tokens();
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("expected documents of domain " + name + ", found none");
        }
        return new ObservedDomain(name, count, tokens);
    }

    private static LayerRouting layer(
            List<DocumentRouting> documents, int[] labels, List<String> names, int layer, Permutations permutations) {
        int experts = documents.get(0).experts();
        long[][] choices = new long[names.size()][experts];
        double[][] weights = new double[names.size()][experts];
        int[][] counts = new int[documents.size()][];
        for (int i = 0; i < labels.length; i++) {
            DocumentRouting document = documents.get(i);
            counts[i] = document.choices()[layer];
            for (int expert = 0; expert < experts; expert++) {
                choices[labels[i]][expert] += counts[i][expert];
                weights[labels[i]][expert] += document.weights()[layer][expert];
            }
        }
        return new LayerRouting(
                documents.get(0).firstLayer() + layer,
                uses(names, choices, weights),
                LoadBalance.of(meanShares(choices, 0)),
                MutualInformation.of(counts, labels, names.size(), permutations));
    }

    private static List<DomainUse> uses(List<String> names, long[][] choices, double[][] weights) {
        double[] mean = meanShares(choices, SMOOTHING);
        List<DomainUse> uses = new ArrayList<>();
        for (int domain = 0; domain < choices.length; domain++) {
            double[] smoothed = shares(choices[domain], SMOOTHING);
            double[] lift = new double[mean.length];
            double[] meanWeights = new double[mean.length];
            for (int expert = 0; expert < mean.length; expert++) {
                lift[expert] = Math.log(smoothed[expert] / mean[expert]) / Math.log(2);
                long chosen = choices[domain][expert];
                meanWeights[expert] = chosen == 0 ? 0 : weights[domain][expert] / chosen;
            }
            uses.add(new DomainUse(names.get(domain), choices[domain], shares(choices[domain], 0), meanWeights, lift));
        }
        return uses;
    }

    private static double[] meanShares(long[][] choices, double added) {
        double[] mean = new double[choices[0].length];
        for (long[] domain : choices) {
            double[] shares = shares(domain, added);
            for (int expert = 0; expert < mean.length; expert++) {
                mean[expert] += shares[expert] / choices.length;
            }
        }
        return mean;
    }

    private static double[] shares(long[] choices, double added) {
        double total = Arrays.stream(choices).sum() + added * choices.length;
        return Arrays.stream(choices)
                .mapToDouble(chosen -> total == 0 ? 0 : (chosen + added) / total)
                .toArray();
    }

    /** The index of a domain. */
    public int indexOf(String domain) {
        List<String> names = domains.stream().map(ObservedDomain::domain).toList();
        int index = names.indexOf(domain);
        if (index < 0) {
            throw new IllegalArgumentException("expected one of the domains " + names + ", found \"" + domain + "\"");
        }
        return index;
    }
}
