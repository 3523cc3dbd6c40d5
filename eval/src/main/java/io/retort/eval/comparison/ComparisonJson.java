package io.retort.eval.comparison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.statistics.Retention;
import io.retort.eval.summary.JsonFigures;
import java.util.List;
import java.util.Locale;

/** A comparison as JSON, figures that are undefined being null. */
public final class ComparisonJson {
    private ComparisonJson() {}

    /** The members {@code bootstrap}, {@code overall}, {@code domains}, {@code tasks} and {@code retention}. */
    public static ObjectNode of(RunComparison comparison) {
        ObjectNode root = JsonFigures.object();
        root.putObject("bootstrap")
                .put("seed", comparison.bootstrap().seed())
                .put("replicates", comparison.bootstrap().replicates())
                .put("level", comparison.bootstrap().level());
        put(root.putArray("overall"), comparison.overall());
        put(root.putArray("domains"), comparison.domains());
        put(root.putArray("tasks"), comparison.tasks());
        ArrayNode retentions = root.putArray("retention");
        for (ComparedRetention retention : comparison.retentions()) {
            ObjectNode node = retentions.addObject();
            node.put("group", retention.group().label());
            node.put("role", retention.role().label());
            put(node.putObject("champion"), retention.champion());
            put(node.putObject("challenger"), retention.challenger());
        }
        return root;
    }

    private static void put(ArrayNode array, List<ComparedFigure> figures) {
        for (ComparedFigure figure : figures) {
            ObjectNode node = array.addObject();
            node.put("group", figure.group().label());
            node.put("role", figure.role().label());
            node.put("metric", figure.metric().label());
            JsonFigures.put(node, "champion", figure.champion());
            JsonFigures.put(node, "challenger", figure.challenger());
            JsonFigures.put(node, "difference", figure.result().difference());
            JsonFigures.putInterval(node, figure.result().interval());
            JsonFigures.put(node, "p_value", figure.result().pValue());
            JsonFigures.put(node, "p_value_holm", figure.adjustedP());
            node.put("documents", figure.result().documents());
            node.put("only_challenger_right", figure.result().counts().onlyFirst());
            node.put("only_champion_right", figure.result().counts().onlySecond());
            node.put("outcome", figure.outcome().name().toLowerCase(Locale.ROOT));
            figure.result().undefinedBecause().ifPresent(reason -> node.put("undefined", reason));
        }
    }

    private static void put(ObjectNode node, Retention retention) {
        JsonFigures.put(node, "value", retention.value());
        JsonFigures.putInterval(node, retention.interval());
        node.put("documents", retention.documents());
        retention.undefinedBecause().ifPresent(reason -> node.put("undefined", reason));
    }
}
