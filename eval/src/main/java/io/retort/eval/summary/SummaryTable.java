package io.retort.eval.summary;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The plain-text table of an evaluation: a line a domain, then what its columns mean. */
public final class SummaryTable {
    private static final List<String> HEADER = List.of(
            "domain", "parameters", "documents", "teacher", "expert", "ensemble", "floor", "retention", "bits a byte");
    private static final String MISSING = "–";

    private SummaryTable() {}

    public static String of(EvaluationSummary summary) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        summary.domains().forEach(domain -> rows.add(row(domain, summary.roles())));
        if (summary.mixed().isDefined() && summary.domains().size() > 1) {
            rows.add(mixed(summary.mixed()));
        }
        StringBuilder text = new StringBuilder(aligned(rows));
        text.append(String.format(
                Locale.ROOT,
                "retention = (expert − floor) / (teacher − floor), with its interval at %.0f%%; bits a byte of the expert%n",
                100 * summary.bootstrap().level()));
        if (summary.mixed().isDefined() && summary.domains().size() > 1) {
            text.append(
                    "mixed: all documents that ask something, and the retention of the ensemble, which is not told their"
                            + " domain\n");
        }
        if (summary.domains().stream()
                .anyMatch(domain -> domain.scoredDocuments() != domain.group().documents())) {
            text.append(
                    "documents: those that the scores are over, of all; the others ask nothing, and only bits a byte are"
                            + " over them as well\n");
        }
        for (DomainSummary domain : summary.domains()) {
            long refused = domain.refusedBy(summary.roles().teacher());
            if (refused > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "the teacher refused %,d of %,d documents of %s: wrong where they ask something, and in none of"
                                + " its bits a byte%n",
                        refused,
                        domain.group().documents(),
                        domain.domain()));
            }
            domain.retention()
                    .undefinedBecause()
                    .ifPresent(reason -> text.append("no retention for ")
                            .append(domain.domain())
                            .append(": ")
                            .append(reason)
                            .append('\n'));
        }
        return text.toString().replace("\r\n", "\n");
    }

    private static List<String> row(DomainSummary domain, EvaluationRoles roles) {
        Optional<ExpertRole> expert = roles.expertOf(domain.domain());
        Retention.Scores scores = domain.retention().scores();
        Optional<Figure> bits = expert.flatMap(role -> domain.group().figure(role.name(), Metric.BITS_PER_BYTE));
        return List.of(
                domain.domain(),
                expert.map(role -> String.format(Locale.ROOT, "%,d", role.parameters()))
                        .orElse(MISSING),
                documents(domain),
                score(domain.primary(), scores.teacher()),
                score(domain.primary(), scores.model()),
                score(domain.primary(), domain.ensembleRetention().scores().model()),
                score(domain.primary(), scores.floor()),
                retention(domain.retention()),
                bits.map(figure -> number(figure.value())).orElse(MISSING));
    }

    private static List<String> mixed(Retention retention) {
        Retention.Scores scores = retention.scores();
        return List.of(
                "mixed",
                MISSING,
                String.format(Locale.ROOT, "%,d", retention.documents()),
                score(Metric.ACCURACY, scores.teacher()),
                MISSING,
                score(Metric.ACCURACY, scores.model()),
                score(Metric.ACCURACY, scores.floor()),
                retention(retention),
                MISSING);
    }

    /** How many the scores are over, of how many there are. */
    private static String documents(DomainSummary domain) {
        long all = domain.group().documents();
        long scored = domain.scoredDocuments();
        return scored == all
                ? String.format(Locale.ROOT, "%,d", all)
                : String.format(Locale.ROOT, "%,d of %,d", scored, all);
    }

    /** An accuracy in per cent; bits a byte with their unit, since they stand in the same column. */
    private static String score(Metric metric, double value) {
        if (Double.isNaN(value)) {
            return MISSING;
        }
        return metric == Metric.ACCURACY
                ? String.format(Locale.ROOT, "%.1f%%", 100 * value)
                : String.format(Locale.ROOT, "%.3f b/B", value);
    }

    private static String retention(Retention retention) {
        if (!retention.isDefined()) {
            return MISSING;
        }
        return number(retention.value()) + " [" + number(retention.interval().lower()) + ", "
                + number(retention.interval().upper()) + "]";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? MISSING : String.format(Locale.ROOT, "%.3f", value);
    }

    /** The first column to the left, the others to the right. */
    private static String aligned(List<List<String>> rows) {
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(row.get(0))
                    .append(" ".repeat(widths[0] - row.get(0).length()));
            for (int c = 1; c < widths.length; c++) {
                line.append("  ")
                        .append(" ".repeat(widths[c] - row.get(c).length()))
                        .append(row.get(c));
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
