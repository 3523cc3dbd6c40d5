package io.retort.eval.summary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.statistics.Retention;
import java.util.function.Function;

/**
 * The {@code evaluation.json} of a bundle, for whoever gates on it.
 *
 * <p>{@code retention.<domain>} holds value, lower, upper, teacher, expert, floor and documents of the domain's own expert;
 * {@code ensemble.retention.<domain>} holds the same of the routed ensemble, whose score then stands under {@code expert}, and
 * {@code ensemble.mixed} its retention over the documents of all domains that ask something.
 * Beside them stand the metric the scores are of, the level of the interval, how many documents the teacher {@code refused} where
 * it did and, where the value is null, the reason.
 */
public final class EvaluationJson {
    private EvaluationJson() {}

    public static String of(EvaluationSummary summary) {
        ObjectNode root = JsonFigures.object();
        root.put("level", summary.bootstrap().level());
        root.set("retention", retentions(summary, DomainSummary::retention));
        ObjectNode ensemble = root.putObject("ensemble");
        ensemble.set("retention", retentions(summary, DomainSummary::ensembleRetention));
        put(ensemble.putObject("mixed"), summary.mixed());
        return JsonFigures.text(root);
    }

    private static ObjectNode retentions(EvaluationSummary summary, Function<DomainSummary, Retention> which) {
        ObjectNode domains = JsonFigures.object();
        for (DomainSummary domain : summary.domains()) {
            Retention retention = which.apply(domain);
            ObjectNode node = domains.putObject(domain.domain());
            put(node, retention);
            node.put("metric", domain.primary().label());
            long refused = domain.refusedBy(summary.roles().teacher());
            if (refused > 0) {
                node.put("refused", refused);
            }
        }
        return domains;
    }

    private static void put(ObjectNode node, Retention retention) {
        JsonFigures.put(node, "value", retention.value());
        JsonFigures.putInterval(node, retention.interval());
        JsonFigures.put(node, "teacher", retention.scores().teacher());
        JsonFigures.put(node, "expert", retention.scores().model());
        JsonFigures.put(node, "floor", retention.scores().floor());
        node.put("documents", retention.documents());
        retention.undefinedBecause().ifPresent(reason -> node.put("undefined", reason));
    }
}
