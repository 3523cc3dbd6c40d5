package io.retort.jobs.clusters;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How well the experts of clusters predict, and what they are compared with. All figures are bits a byte of what follows
 * the bytes that a router sees; lower is better.
 *
 * @param job the job's name
 * @param id the report's id
 * @param completion whether this run made it
 * @param location its directory
 * @param chosen experts that predict a text together
 * @param documents test documents
 * @param temperature of the routing, the best on the validation split
 * @param rows a contender each
 * @param byTask bits a byte by task of the corpus
 */
public record ManyExpertsReport(
        String job,
        String id,
        Completion completion,
        String location,
        int chosen,
        long documents,
        double temperature,
        List<Row> rows,
        SortedMap<String, Map<Contender, Double>> byTask)
        implements Report {
    static final String FILE_NAME = "clusters.json";

    /**
     * A figure with its interval.
     *
     * @param lower NaN, as is upper, where there is no interval
     */
    public record Figure(double value, double lower, double upper) {
        String render() {
            String interval = Double.isNaN(lower)
                    ? ""
                    : " [" + Figures.decimal(lower, 4) + ", " + Figures.decimal(upper, 4) + "]";
            return Figures.decimal(value, 4) + interval;
        }
    }

    /**
     * One contender.
     *
     * @param parameters of all its students
     * @param active parameters that read each byte
     * @param trainedSymbols updates times symbols a batch, of all its students and of the one they go on from
     * @param operations of all its training: 6 a parameter and symbol
     * @param bitsPerByte with its bootstrap interval
     * @param overRouted what it needs more than the routed experts, paired
     */
    public record Row(
            Contender contender,
            long parameters,
            long active,
            long trainedSymbols,
            double operations,
            Figure bitsPerByte,
            Figure overRouted) {}

    ManyExpertsReport withCompletion(Completion other) {
        return new ManyExpertsReport(job, id, other, location, chosen, documents, temperature, rows, byTask);
    }

    @Override
    public List<Table> tables() {
        List<List<String>> cells = new ArrayList<>();
        for (Row row : rows) {
            cells.add(List.of(
                    row.contender().label(chosen),
                    Figures.count(row.parameters()),
                    Figures.count(row.active()),
                    Figures.decimal(row.trainedSymbols() / 1e6, 1),
                    Figures.decimal(row.operations() / 1e12, 2),
                    row.bitsPerByte().render(),
                    row.contender() == Contender.ROUTED ? "–" : row.overRouted().render()));
        }
        List<String> columns = new ArrayList<>(List.of("bits a byte"));
        columns.addAll(byTask.keySet());
        List<List<String>> tasks = new ArrayList<>();
        for (Row row : rows) {
            List<String> line = new ArrayList<>(List.of(row.contender().label(chosen)));
            byTask.values()
                    .forEach(
                            figures -> line.add(Figures.decimal(figures.getOrDefault(row.contender(), Double.NaN), 3)));
            tasks.add(line);
        }
        return List.of(
                new Table(
                        "Many experts " + id + ": " + Figures.count(documents) + " test documents, temperature "
                                + temperature,
                        List.of(
                                "predicted by",
                                "parameters",
                                "active",
                                "Msymbols",
                                "Tera-ops",
                                "bits a byte",
                                "more than routed"),
                        cells),
                new Table("By task", columns, tasks));
    }
}
