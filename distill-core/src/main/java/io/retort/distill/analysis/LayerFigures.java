package io.retort.distill.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One layer's experts in figures.
 *
 * @param layer its number
 * @param experts one each, by number
 * @param largestSketchError the standard error of a cosine near 0, {@code 1 / sqrt(sketch)}; one of c has
 *     {@code (1 − c²)} times as much
 */
public record LayerFigures(int layer, List<ExpertRow> experts, double largestSketchError) {
    public LayerFigures {
        experts = List.copyOf(experts);
    }

    /**
     * One expert.
     *
     * @param expert its number
     * @param gate of the gate's matrix
     * @param up of the other input matrix
     * @param down of the output matrix
     * @param routerNorm length of its row of the router
     * @param routerBias what is added to its score for choosing
     * @param nearest the experts of its layer that are most like it, nearest first
     */
    public record ExpertRow(
            int expert,
            MatrixFigures gate,
            MatrixFigures up,
            MatrixFigures down,
            double routerNorm,
            double routerBias,
            List<Neighbour> nearest) {
        public ExpertRow {
            nearest = List.copyOf(nearest);
        }
    }

    /**
     * Another expert of the layer.
     *
     * @param expert its number
     * @param cosine of the flattened weights, from the sketches
     */
    public record Neighbour(int expert, double cosine) {}

    /**
     * Puts a layer together.
     *
     * @param experts all experts of the layer, by number
     * @param router the layer's router
     * @param neighbours how many each expert gets
     */
    public static LayerFigures of(List<ExpertFigures> experts, RouterFigures router, int neighbours) {
        double[][] cosines = cosines(experts);
        List<ExpertRow> rows = new ArrayList<>();
        for (int i = 0; i < experts.size(); i++) {
            ExpertFigures figures = experts.get(i);
            int own = i;
            List<Neighbour> nearest = IntStream.range(0, experts.size())
                    .filter(other -> other != own)
                    .mapToObj(other -> new Neighbour(experts.get(other).expert(), cosines[own][other]))
                    .sorted(Comparator.comparingDouble(Neighbour::cosine).reversed())
                    .limit(neighbours)
                    .toList();
            rows.add(new ExpertRow(
                    figures.expert(),
                    figures.gate(),
                    figures.up(),
                    figures.down(),
                    router.norms()[figures.expert()],
                    router.biases()[figures.expert()],
                    nearest));
        }
        double error = 1 / Math.sqrt(experts.get(0).sketch().length);
        return new LayerFigures(experts.get(0).layer(), rows, error);
    }

    /** Cosines of all pairs, {@code [expert][expert]}, 1 on the diagonal. */
    public static double[][] cosines(List<ExpertFigures> experts) {
        double[][] cosines = new double[experts.size()][experts.size()];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i][i] = 1;
            for (int j = 0; j < i; j++) {
                cosines[i][j] = WeightSketch.cosine(
                        experts.get(i).sketch(), experts.get(j).sketch());
                cosines[j][i] = cosines[i][j];
            }
        }
        return cosines;
    }
}
