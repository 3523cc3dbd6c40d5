package io.retort.eval.summary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.statistics.Retention;
import java.util.function.Function;

/**
 * The {@code evaluation.json} of a bundle, for whoever gates on it.
 *
 * <p>{@code retention.<domain>} holds value, lower, upper, teacher, expert, floor and documents of the domain's own expert;
 * {@code ensemble.retention.<domain>} holds the same of the routed ensemble, whose score then stands under {@code expert}.
 * Beside them stand the metric the scores are of, the level of the interval, how many documents the teacher {@code refused} where
 * it did and, where the value is null, the reason.
 */
public final class EvaluationJson {
    private EvaluationJson() {}

    public static String of(EvaluationSummary summary) {
        ObjectNode root = JsonFigures.object();
        root.put("level", summary.bootstrap().level());
        root.set("retention", retentions(summary, DomainSummary::retention));
        root.putObject("ensemble").set("retention", retentions(summary, DomainSummary::ensembleRetention));
        return JsonFigures.text(root);
    }

    private static ObjectNode retentions(EvaluationSummary summary, Function<DomainSummary, Retention> which) {
        ObjectNode domains = JsonFigures.object();
        for (DomainSummary domain : summary.domains()) {
            Retention retention = which.apply(domain);
            ObjectNode node = domains.putObject(domain.domain());
            JsonFigures.put(node, "value", retention.value());
            JsonFigures.putInterval(node, retention.interval());
            JsonFigures.put(node, "teacher", retention.scores().teacher());
            JsonFigures.put(node, "expert", retention.scores().model());
            JsonFigures.put(node, "floor", retention.scores().floor());
            node.put("documents", retention.documents());
            node.put("metric", domain.primary().label());
            long refused = domain.refusedBy(summary.roles().teacher());
            if (refused > 0) {
                node.put("refused", refused);
            }
            retention.undefinedBecause().ifPresent(reason -> node.put("undefined", reason));
        }
        return domains;
    }
}
