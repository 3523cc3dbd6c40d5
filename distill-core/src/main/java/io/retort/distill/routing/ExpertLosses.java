package io.retort.distill.routing;

import java.util.Arrays;
import java.util.List;

/**
 * How well each expert did on each document: what a router is trained on. The documents are none that an expert was
 * trained on, or the router would learn who memorised best. The arrays are not copied.
 *
 * @param experts their ids
 * @param prompts the documents' prompts
 * @param losses of the document's answer, in nats a byte (any unit will do that the temperature shares), [document, expert]
 */
public record ExpertLosses(List<String> experts, List<byte[]> prompts, double[][] losses) {
    public ExpertLosses {
        experts = List.copyOf(experts);
        prompts = List.copyOf(prompts);
        if (losses.length != prompts.size()) {
            throw new IllegalArgumentException(
                    "expected losses of " + prompts.size() + " documents, found " + losses.length);
        }
        for (int d = 0; d < losses.length; d++) {
            if (losses[d].length != experts.size()) {
                throw new IllegalArgumentException(
                        "expected " + experts.size() + " losses for document " + d + ", found " + losses[d].length);
            }
            for (double loss : losses[d]) {
                if (Double.isNaN(loss) || Double.isInfinite(loss)) {
                    throw new IllegalArgumentException(
                            "expected finite losses for document " + d + ", found " + Arrays.toString(losses[d]));
                }
            }
        }
    }

    /**
     * Returns the losses of some experts on some documents.
     *
     * @param keptExperts places of at least one, in order
     * @param keptDocuments places, in order
     */
    public ExpertLosses of(List<Integer> keptExperts, List<Integer> keptDocuments) {
        return new ExpertLosses(
                keptExperts.stream().map(experts::get).toList(),
                keptDocuments.stream().map(prompts::get).toList(),
                keptDocuments.stream()
                        .map(d -> keptExperts.stream()
                                .mapToDouble(e -> losses[d][e])
                                .toArray())
                        .toArray(double[][]::new));
    }

    /** Returns the expert with the least mean loss over all documents, the first among equals; the first where there is none. */
    public String bestSingle() {
        double[] totals = new double[experts.size()];
        for (double[] row : losses) {
            for (int e = 0; e < totals.length; e++) {
                totals[e] += row[e];
            }
        }
        int best = 0;
        for (int e = 1; e < totals.length; e++) {
            best = totals[e] < totals[best] ? e : best;
        }
        return experts.get(best);
    }

    /** Returns the expert with the least loss on a document, the first among equals. */
    public int best(int document) {
        int best = 0;
        for (int e = 1; e < experts.size(); e++) {
            if (losses[document][e] < losses[document][best]) {
                best = e;
            }
        }
        return best;
    }
}
