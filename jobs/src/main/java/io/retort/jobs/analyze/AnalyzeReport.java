package io.retort.jobs.analyze;

import io.retort.distill.analysis.LayerFigures;
import io.retort.distill.analysis.LayerRouting;
import io.retort.distill.analysis.RoutingMap;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What an analysis found.
 *
 * @param job the job's name
 * @param id the analysis' id
 * @param completion whether this run made it
 * @param location its directory
 * @param weights the layers' experts by their weights; empty where these were not read
 * @param routing the router's choices; without layers where these were not observed
 */
public record AnalyzeReport(
        String job, String id, Completion completion, String location, List<LayerFigures> weights, RoutingMap routing)
        implements Report {
    static final String FILE_NAME = "analysis.json";

    public AnalyzeReport {
        weights = List.copyOf(weights);
    }

    AnalyzeReport withCompletion(Completion other) {
        return new AnalyzeReport(job, id, other, location, weights, routing);
    }

    @Override
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        if (!routing.layers().isEmpty()) {
            tables.add(information());
            tables.add(favourites());
        }
        if (!weights.isEmpty()) {
            tables.add(weightTable());
        }
        return tables;
    }

    private Table information() {
        List<List<String>> rows = new ArrayList<>();
        for (LayerRouting layer : routing.layers()) {
            rows.add(List.of(
                    Integer.toString(layer.layer()),
                    Figures.decimal(layer.information().correctedBits(), 3),
                    Figures.decimal(layer.information().bits(), 3),
                    Figures.decimal(layer.information().controlMean(), 4),
                    Figures.decimal(layer.information().pValue(), 4),
                    Figures.decimal(layer.balance().largestOverMean(), 2),
                    Figures.decimal(layer.balance().effectiveExperts(), 1)));
        }
        double most = Math.log(routing.domains().size()) / Math.log(2);
        return new Table(
                "What a choice tells of the domain, in bits of at most " + Figures.decimal(most, 3),
                List.of("layer", "corrected", "plain", "control", "p", "largest load / mean", "effective experts"),
                rows);
    }

    private Table favourites() {
        List<String> columns = new ArrayList<>(List.of("domain", "documents", "tokens"));
        routing.layers().forEach(layer -> columns.add("layer " + layer.layer()));
        List<List<String>> rows = new ArrayList<>();
        for (int d = 0; d < routing.domains().size(); d++) {
            RoutingMap.ObservedDomain domain = routing.domains().get(d);
            List<String> row = new ArrayList<>(
                    List.of(domain.domain(), Figures.count(domain.documents()), Figures.count(domain.tokens())));
            for (LayerRouting layer : routing.layers()) {
                double[] shares = layer.domains().get(d).shares();
                int first = 0;
                for (int expert = 1; expert < shares.length; expert++) {
                    first = shares[expert] > shares[first] ? expert : first;
                }
                row.add("expert " + first + " " + Figures.share(shares[first]));
            }
            rows.add(row);
        }
        return new Table("Each domain's most chosen expert, with its share of the domain's choices", columns, rows);
    }

    private Table weightTable() {
        List<List<String>> rows = new ArrayList<>();
        for (LayerFigures layer : weights) {
            double nearest = layer.experts().stream()
                    .filter(expert -> !expert.nearest().isEmpty())
                    .mapToDouble(expert -> expert.nearest().get(0).cosine())
                    .max()
                    .orElse(Double.NaN);
            rows.add(List.of(
                    Integer.toString(layer.layer()),
                    Integer.toString(layer.experts().size()),
                    range(layer.experts().stream().mapToDouble(e -> e.gate().participationRatio())),
                    range(layer.experts().stream().mapToDouble(e -> e.up().participationRatio())),
                    range(layer.experts().stream().mapToDouble(e -> e.down().participationRatio())),
                    Figures.decimal(nearest, 3),
                    Figures.decimal(layer.largestSketchError(), 3)));
        }
        return new Table(
                "Experts by their weights",
                List.of("layer", "experts", "rank gate", "rank up", "rank down", "largest cosine", "its error"),
                rows);
    }

    private static String range(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return Figures.decimal(sorted[0], 1) + " to " + Figures.decimal(sorted[sorted.length - 1], 1);
    }
}
