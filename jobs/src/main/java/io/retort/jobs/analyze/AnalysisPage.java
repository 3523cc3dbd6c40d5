package io.retort.jobs.analyze;

import io.retort.distill.analysis.DomainUse;
import io.retort.distill.analysis.ExpertFigures;
import io.retort.distill.analysis.LayerFigures;
import io.retort.distill.analysis.LayerRouting;
import io.retort.distill.analysis.RoutingMap;
import io.retort.eval.report.HeatMap;
import io.retort.eval.report.HeatMapPage;
import io.retort.eval.report.HeatMapPage.Section;
import io.retort.jobs.provenance.CodeVersion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The analysis as one HTML file. */
final class AnalysisPage {
    /** More experts than this are shown in groups: a cell each would make a file of many megabytes. */
    private static final int MOST_CELLS = 64;

    private final AnalyzeSpec spec;
    private final AnalyzeReport report;

    private AnalysisPage(AnalyzeSpec spec, AnalyzeReport report) {
        this.spec = spec;
        this.report = report;
    }

    static String of(AnalyzeSpec spec, AnalyzeReport report, List<ExpertFigures> experts) {
        AnalysisPage page = new AnalysisPage(spec, report);
        List<Section> sections = new ArrayList<>();
        if (!report.routing().layers().isEmpty()) {
            sections.add(page.information());
            sections.add(page.routing());
        }
        if (!report.weights().isEmpty()) {
            sections.add(page.weights());
            sections.add(page.neighbours(experts));
        }
        sections.add(page.provenance());
        String model = spec.weights().directory().isEmpty()
                ? "the embedded teacher"
                : spec.weights().directory();
        return new HeatMapPage(
                        "Expert map",
                        "Analysis " + report.id() + " of " + model,
                        sections,
                        CodeVersion.current().version())
                .html();
    }

    private Section information() {
        double most = Math.log(report.routing().domains().size()) / Math.log(2);
        return new Section(
                "information",
                "What a choice tells of the domain",
                List.of("Mutual information between one choice of an expert and the domain of the document, in bits,"
                        + " all domains equally likely; knowing the domain for sure would be "
                        + Figures.decimal(most, 3) + " bits. The control shuffles the domains over whole documents "
                        + Figures.count(spec.options().permutations())
                        + " times; the corrected figure is the plain one less the control's mean, and p is the"
                        + " share of shuffles that reach it. A load of 1 is even, and as many effective experts as"
                        + " there are experts is, too."),
                figures(report.tables().get(0), report.tables().get(1)),
                List.of(),
                Map.of());
    }

    private static List<HeatMapPage.Figures> figures(Table... tables) {
        return List.of(tables).stream()
                .map(table -> new HeatMapPage.Figures(table.columns(), table.rows()))
                .toList();
    }

    private Section routing() {
        List<HeatMap> maps = new ArrayList<>();
        RoutingMap routing = report.routing();
        for (LayerRouting layer : routing.layers()) {
            Groups groups = new Groups(routing.experts());
            double[][] shares = new double[routing.domains().size()][];
            for (int d = 0; d < shares.length; d++) {
                DomainUse use = layer.domains().get(d);
                shares[d] = groups.sums(use.shares());
            }
            maps.add(new HeatMap(
                    "Layer " + layer.layer(),
                    "Share of the domain’s choices (row) that go to " + groups.named() + " (column).",
                    layer.domains().stream().map(DomainUse::domain).toList(),
                    groups.labels(),
                    shares,
                    Arrays.stream(shares).flatMapToDouble(Arrays::stream).max().orElse(1),
                    2));
        }
        return new Section("routing", "Experts by domain", List.of(), List.of(), maps, Map.of());
    }

    private Section weights() {
        Table table = report.tables().get(report.tables().size() - 1);
        return new Section(
                "weights",
                "Experts by their weights",
                List.of("Rank is the participation ratio of the squared singular values: 1 for a matrix of one"
                        + " direction, r for one of r equally strong directions. Where a side has at most 256 rows"
                        + " it is computed, else estimated; experts.parquet has every expert’s figures with their"
                        + " errors."),
                figures(table),
                List.of(),
                Map.of());
    }

    private Section neighbours(List<ExpertFigures> experts) {
        List<HeatMap> maps = new ArrayList<>();
        for (LayerFigures layer : report.weights()) {
            List<ExpertFigures> own =
                    experts.stream().filter(e -> e.layer() == layer.layer()).toList();
            double[][] cosines = LayerFigures.cosines(own);
            Groups groups = new Groups(own.size());
            maps.add(new HeatMap(
                    "Layer " + layer.layer(),
                    "Largest |cosine| of the flattened weights between " + groups.named()
                            + " (row) and another (column), error up to "
                            + Figures.decimal(layer.largestSketchError(), 3) + ".",
                    groups.labels(),
                    groups.labels(),
                    groups.largest(cosines),
                    1,
                    2));
        }
        return new Section("neighbours", "Likeness of experts", List.of(), List.of(), maps, Map.of());
    }

    private Section provenance() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("analysis", report.id());
        if (spec.options().has(AnalysisPart.DYNAMIC)) {
            facts.put("corpus", spec.corpus().corpusId());
            facts.put("split", spec.options().observed().split().label());
            facts.put("teacher", spec.teacherDigest());
        }
        if (spec.options().has(AnalysisPart.STATIC)) {
            facts.put("weights", spec.weights().digest());
            facts.put("probes", Integer.toString(spec.options().probes()));
            facts.put("sketch", Integer.toString(spec.options().sketch()));
        }
        facts.put("seed", Long.toString(spec.seed()));
        facts.put(
                "code",
                CodeVersion.current().version() + " " + CodeVersion.current().commit());
        return new Section("provenance", "Provenance", List.of(), List.of(), List.of(), facts);
    }

    /** Experts, or runs of them where there are too many to show. */
    private record Groups(int experts) {
        int size() {
            return (experts + MOST_CELLS - 1) / MOST_CELLS;
        }

        int count() {
            return (experts + size() - 1) / size();
        }

        String named() {
            return size() == 1 ? "an expert" : "a group of " + size() + " experts";
        }

        List<String> labels() {
            return IntStream.range(0, count())
                    .mapToObj(group -> Integer.toString(group * size()))
                    .toList();
        }

        double[] sums(double[] values) {
            double[] sums = new double[count()];
            for (int i = 0; i < values.length; i++) {
                sums[i / size()] += values[i];
            }
            return sums;
        }

        /** The largest absolute value of each group's pairs, an expert with itself left out. */
        double[][] largest(double[][] values) {
            double[][] largest = new double[count()][count()];
            for (int i = 0; i < largest.length; i++) {
                for (int j = 0; j < largest.length; j++) {
                    largest[i][j] = size() == 1 && i == j ? Double.NaN : 0;
                }
            }
            for (int i = 0; i < values.length; i++) {
                for (int j = 0; j < values.length; j++) {
                    if (i != j) {
                        double[] row = largest[i / size()];
                        row[j / size()] = Math.max(row[j / size()], Math.abs(values[i][j]));
                    }
                }
            }
            return largest;
        }
    }
}
