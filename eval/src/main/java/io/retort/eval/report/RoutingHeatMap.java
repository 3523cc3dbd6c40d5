package io.retort.eval.report;

import io.retort.eval.report.Chart.Frame;
import io.retort.eval.report.Chart.Place;
import io.retort.eval.summary.DomainSummary;
import io.retort.eval.summary.EvaluationRoles;
import io.retort.eval.summary.ModelSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The mean weight of each expert (column) on the prompts of each domain that has any (row). */
final class RoutingHeatMap {
    private static final double LEFT = 78;
    private static final double TOP = 84;
    private static final double LARGEST_CELL = 54;
    private static final double ROW = 34;
    private static final int DECIMALS_ABOVE_COLUMNS = 8;

    private final List<DomainSummary> domains;
    private final List<String> experts;
    private final EvaluationRoles roles;
    private final double cell;

    private RoutingHeatMap(List<DomainSummary> domains, List<String> experts, EvaluationRoles roles) {
        this.domains = domains;
        this.experts = experts;
        this.roles = roles;
        // The last column's label leans over its right edge.
        this.cell = Math.min(LARGEST_CELL, (Chart.WIDTH - LEFT - 48) / experts.size());
    }

    /** Empty where nothing was routed. */
    static Optional<Markup> of(List<DomainSummary> domains, EvaluationRoles roles) {
        TreeSet<String> routed = new TreeSet<>();
        List<DomainSummary> prompted = domains.stream()
                .filter(domain -> !routing(domain, roles).isEmpty())
                .toList();
        prompted.forEach(domain -> routed.addAll(routing(domain, roles).keySet()));
        if (routed.isEmpty()) {
            return Optional.empty();
        }
        // Experts of the domains shown stand in the domains' order, so that their own cells form the diagonal.
        List<String> experts = new ArrayList<>();
        prompted.forEach(domain -> roles.expertOf(domain.domain()).ifPresent(role -> experts.add(role.name())));
        routed.removeAll(experts);
        experts.addAll(routed);
        return Optional.of(new RoutingHeatMap(prompted, experts, roles).svg());
    }

    private static Map<String, Double> routing(DomainSummary domain, EvaluationRoles roles) {
        return domain.group().model(roles.ensemble()).map(ModelSummary::routing).orElse(Map.of());
    }

    private Markup svg() {
        Markup svg = Chart.svg(
                new Frame("routing", Chart.WIDTH, TOP + ROW * domains.size() + 8),
                "Routing matrix",
                "Rows are domains, columns experts; each cell holds the mean weight of the expert on the domain’s prompts.");
        for (int e = 0; e < experts.size(); e++) {
            double x = LEFT + cell * (e + 0.5);
            svg.element(
                    "text",
                    shortened(experts.get(e)),
                    "class",
                    "label",
                    "transform",
                    "translate(" + NumberText.coordinate(x) + " " + NumberText.coordinate(TOP - 8) + ") rotate(-40)");
        }
        for (int d = 0; d < domains.size(); d++) {
            double y = TOP + ROW * d;
            Chart.text(
                    svg,
                    new Place(LEFT - 8, y + ROW / 2 + 4),
                    "label end",
                    domains.get(d).domain());
            Map<String, Double> routing = routing(domains.get(d), roles);
            for (int e = 0; e < experts.size(); e++) {
                cell(svg, new Place(LEFT + cell * e, y), routing.getOrDefault(experts.get(e), 0.0));
            }
        }
        return svg.end();
    }

    private void cell(Markup svg, Place place, double weight) {
        // The class says how strong the colour is, so that the style sheet can pick a readable colour of the text.
        String level = "w" + (int) Math.min(10, Math.floor(weight * 10 + 0.5));
        svg.empty(
                "rect",
                "x",
                NumberText.coordinate(place.x() + 1),
                "y",
                NumberText.coordinate(place.y() + 1),
                "width",
                NumberText.coordinate(cell - 2),
                "height",
                NumberText.coordinate(ROW - 2),
                "rx",
                "3",
                "class",
                "cell " + level);
        int digits = experts.size() > DECIMALS_ABOVE_COLUMNS ? 1 : 2;
        Chart.text(
                svg,
                new Place(place.x() + cell / 2, place.y() + ROW / 2 + 4),
                "celltext middle " + level,
                NumberText.decimal(weight, digits));
    }

    private static String shortened(String name) {
        return name.length() <= 16 ? name : name.substring(0, 15) + "…";
    }
}
