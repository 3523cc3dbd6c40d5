package io.retort.eval.summary;

import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.Retention;
import java.util.Locale;
import java.util.Optional;

/**
 * What the ways of storing weights do to retention: of each domain a line for each control named {@code stored-…}, the same
 * expert stored that way. The difference of retentions is the paired difference of scores over (teacher − floor), its
 * interval too.
 */
public final class StoredTable {
    /** How the names of such controls begin. */
    public static final String PREFIX = "stored-";

    private static final String ROLE = "expert − " + PREFIX;

    private StoredTable() {}

    /** The lines, each with its end; empty where there is no such control. */
    public static String of(EvaluationSummary summary) {
        StringBuilder text = new StringBuilder();
        for (DomainSummary domain : summary.domains()) {
            for (Comparison comparison : domain.comparisons()) {
                if (comparison.role().startsWith(ROLE)) {
                    line(domain, comparison).ifPresent(text::append);
                }
            }
        }
        return text.isEmpty()
                ? ""
                : "expert stored another way: its retention, and how much less it is than the expert's\n" + text;
    }

    private static Optional<String> line(DomainSummary domain, Comparison comparison) {
        Retention retention = domain.retention();
        double skill = retention.scores().teacher() - retention.scores().floor();
        if (!retention.isDefined() || comparison.result().undefinedBecause().isPresent()) {
            return Optional.empty();
        }
        double less = comparison.result().difference() / skill;
        Interval interval = comparison.result().interval();
        double one = interval.lower() / skill;
        double other = interval.upper() / skill;
        return Optional.of(String.format(
                        Locale.ROOT,
                        "%-12s %-5s  %.3f  %.3f [%.3f, %.3f]%n",
                        domain.domain(),
                        comparison.role().substring(ROLE.length()),
                        retention.value() - less,
                        // A plus zero, where rounding would show a minus.
                        less + 0.0,
                        Math.min(one, other),
                        Math.max(one, other))
                .replace("\r\n", "\n"));
    }
}
