package io.retort.eval.routing;

import io.retort.eval.routing.RoutingSummary.Calibrated;
import io.retort.eval.routing.RoutingSummary.Choice;
import io.retort.eval.routing.RoutingSummary.Policy;
import io.retort.eval.routing.RoutingSummary.Unknown;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.Reliability;
import io.retort.eval.summary.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The plain-text table of a router's figures: a line a figure, with its interval. */
public final class RoutingTable {
    private static final String MISSING = "–";

    private final List<String[]> rows = new ArrayList<>();

    private RoutingTable() {}

    /** The lines, each with its end. */
    public static String of(RoutingSummary summary) {
        return new RoutingTable().text(summary);
    }

    private String text(RoutingSummary summary) {
        for (Choice choice : summary.choices()) {
            share("expert of the domain, from " + beginning(choice.bytes()), choice.accuracy());
        }
        for (Policy policy : summary.policies()) {
            if (policy.name().equals("oracle")) {
                row("oracle's answers, bits a byte", policy.bits());
            } else {
                row("regret of " + policy.name(), policy.regret());
            }
        }
        calibration("next symbols", summary.symbols(), summary.temperature());
        calibration("answers", summary.answers(), summary.temperature());
        share("known prompts taken for unknown", summary.known());
        for (Unknown unknown : summary.unknown()) {
            row("area under ROC, " + unknown.domain() + " unknown", unknown.area());
            share("  detected", unknown.detected());
        }
        row("area under ROC, mean", summary.area());
        int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "router, over %,d test documents with a prompt%n", summary.documents()));
        for (String[] row : rows) {
            text.append(row[0])
                    .append(" ".repeat(width - row[0].length()))
                    .append("  ")
                    .append(row[1])
                    .append('\n');
        }
        return text.toString().replace("\r\n", "\n");
    }

    static String beginning(int bytes) {
        return bytes == FirstChoice.WHOLE ? "the whole prompt" : bytes + " bytes";
    }

    private void calibration(String what, Calibrated calibrated, double temperature) {
        reliability("calibration error of " + what, calibrated.before());
        reliability(String.format(Locale.ROOT, "  at temperature %.3f", temperature), calibrated.after());
    }

    private void reliability(String name, Reliability reliability) {
        rows.add(new String[] {name, number(reliability.error(), 4) + bounds(reliability.interval(), 4)});
    }

    private void row(String name, Figure figure) {
        rows.add(new String[] {name, number(figure.value(), 4) + bounds(figure.interval(), 4)});
    }

    private void share(String name, Figure figure) {
        rows.add(new String[] {
            name,
            Double.isFinite(figure.value())
                    ? number(100 * figure.value(), 1) + "%" + bounds(scaled(figure.interval()), 1)
                    : MISSING
        });
    }

    private static Interval scaled(Interval interval) {
        return interval.isDefined()
                ? new Interval(100 * interval.lower(), 100 * interval.upper(), interval.level(), interval.method())
                : interval;
    }

    private static String bounds(Interval interval, int digits) {
        return interval.isDefined()
                ? " [" + number(interval.lower(), digits) + ", " + number(interval.upper(), digits) + "]"
                : "";
    }

    private static String number(double value, int digits) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : MISSING;
    }
}
