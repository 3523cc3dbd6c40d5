package io.retort.eval.report;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.report.Chart.Bar;
import io.retort.eval.report.Chart.Frame;
import io.retort.eval.report.Chart.Place;
import io.retort.eval.report.Palette.LegendKey;
import io.retort.eval.summary.DomainSummary;
import io.retort.eval.summary.Figure;
import java.util.List;
import java.util.Optional;

/** Bars of bits a byte by domain: teacher, expert, ensemble, the byte n-gram and the floor. */
final class BitsChart {
    private static final double LEFT = 78;
    private static final double RIGHT = 44;
    private static final double TOP = 6;
    private static final double BAR = 11;
    private static final double GAP = 14;

    private final List<DomainSummary> domains;
    private final ReportModels models;
    private final double rowHeight;

    private BitsChart(List<DomainSummary> domains, ReportModels models) {
        this.domains = domains;
        this.models = models;
        this.rowHeight = BAR * models.bitsRoles().size() + GAP;
    }

    static Markup of(List<DomainSummary> domains, ReportModels models) {
        return new BitsChart(domains, models).svg();
    }

    private Markup svg() {
        double highest = 0;
        for (DomainSummary domain : domains) {
            for (LegendKey role : models.bitsRoles()) {
                highest = Math.max(
                        highest, figure(domain, role).map(BitsChart::top).orElse(0.0));
            }
        }
        double bottom = TOP + rowHeight * domains.size();
        LinearScale scale = new LinearScale(0, highest > 0 ? highest : 1, LEFT, Chart.WIDTH - RIGHT);
        Markup svg = Chart.svg(
                new Frame("bits", Chart.WIDTH, bottom + 24),
                "Bits a byte by domain",
                "For each domain a bar each for teacher, expert, ensemble and controls; shorter is better. The table of"
                        + " controls holds the same numbers.");
        Chart.columns(svg, scale, TOP, bottom);
        for (int d = 0; d < domains.size(); d++) {
            double top = TOP + rowHeight * d + GAP / 2;
            DomainSummary domain = domains.get(d);
            Chart.text(svg, new Place(LEFT - 8, top + (rowHeight - GAP) / 2 + 4), "label end", domain.domain());
            for (int r = 0; r < models.bitsRoles().size(); r++) {
                LegendKey role = models.bitsRoles().get(r);
                double y = top + BAR * (r + 0.5);
                figure(domain, role).ifPresent(figure -> bar(svg, figure, role, scale, y));
            }
        }
        return svg.end();
    }

    private static double top(Figure figure) {
        return figure.interval().isDefined() ? figure.interval().upper() : figure.value();
    }

    private Optional<Figure> figure(DomainSummary domain, LegendKey role) {
        return domain.group().figure(models.model(role.label(), domain.domain()), Metric.BITS_PER_BYTE);
    }

    private static void bar(Markup svg, Figure figure, LegendKey role, LinearScale scale, double y) {
        String text = NumberText.decimal(figure.value(), 2);
        String tip = role.label() + " " + text + " " + NumberText.bounds(figure.interval());
        double end = scale.at(figure.value());
        Chart.bar(svg, new Bar(scale.at(0), end, y, BAR - 1), role.colour().styleClass(), tip);
        double label = end;
        if (figure.interval().isDefined()) {
            double upper = scale.at(figure.interval().upper());
            Chart.whisker(svg, new Bar(scale.at(figure.interval().lower()), upper, y, 5));
            label = Math.max(label, upper);
        }
        Chart.text(svg, new Place(label + 4, y + 3.5), "value small", text);
    }
}
