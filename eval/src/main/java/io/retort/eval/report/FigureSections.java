package io.retort.eval.report;

import io.retort.eval.report.Palette.LegendKey;
import io.retort.eval.summary.EvaluationSummary;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The figures, each with a caption that links to what it shows. */
final class FigureSections {
    private FigureSections() {}

    static Markup figures(EvaluationSummary summary, ReportModels models) {
        Markup html = new Markup();
        if (summary.isEmpty()) {
            return html;
        }
        html.start("section", "id", "figures").element("h2", "Figures").start("div", "class", "figures");
        List<LegendKey> kept =
                List.of(new LegendKey(Palette.EXPERT, "expert"), new LegendKey(Palette.ENSEMBLE, "ensemble"));
        html.append(figure(
                "Retention",
                Palette.legend(kept),
                RetentionChart.of(summary.domains()),
                new Markup()
                        .append(Definition.RETENTION.link())
                        .text(" with its ")
                        .append(Definition.INTERVAL.link("interval"))
                        .text("; the teacher stands at 1, the floor at 0.")));
        html.append(figure(
                "Bits a byte",
                Palette.legend(models.bitsRoles()),
                BitsChart.of(summary.domains(), models),
                new Markup()
                        .append(Definition.BITS.link())
                        .text(" of whole texts, beside ")
                        .append(Definition.CONTROLS.link("controls"))
                        .text("; shorter is better.")));
        Optional<Markup> routing = RoutingHeatMap.of(summary.domains(), summary.roles());
        routing.ifPresent(svg -> html.append(figure(
                "Routing",
                new Markup(),
                svg,
                new Markup().append(Definition.ROUTING.link()).text(": rows are domains, columns are experts."))));
        return html.end().end();
    }

    static Markup learning(List<LearningCurve> curves) {
        Markup html = new Markup();
        if (curves.isEmpty()) {
            return html;
        }
        html.start("section", "id", "learning").element("h2", "Learning");
        html.append(legend(curves)).start("div", "class", "curves");
        for (int i = 0; i < curves.size(); i++) {
            LearningCurve curve = curves.get(i);
            LearningCurveChart.of(curve, i)
                    .ifPresent(svg -> html.append(figure(
                            curve.expert(),
                            new Markup(),
                            svg,
                            new Markup().append(Definition.LEARNING.link()).text(", " + curve.unit() + " by step."))));
        }
        return html.end().end();
    }

    static Markup figure(String title, Markup legend, Markup svg, Markup caption) {
        return new Markup()
                .start("figure")
                .element("h3", title)
                .append(legend)
                .append(svg)
                .start("figcaption")
                .append(caption)
                .end()
                .end();
    }

    /** Series are told apart by their place in each curve: the legend names the places of all curves. */
    private static Markup legend(List<LearningCurve> curves) {
        Markup html = new Markup().start("div", "class", "legend", "aria-hidden", "true");
        int most =
                curves.stream().mapToInt(curve -> curve.series().size()).max().orElse(0);
        for (int place = 0; place < most; place++) {
            Set<String> names = new LinkedHashSet<>();
            for (LearningCurve curve : curves) {
                if (place < curve.series().size()) {
                    names.add(curve.series().get(place).name());
                }
            }
            html.start("span", "class", "key")
                    .element("span", "", "class", "swatch line " + LearningCurveChart.seriesClass(place))
                    .text(String.join(", ", names))
                    .end();
        }
        return html.end();
    }
}
