package io.retort.eval.routing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.routing.RoutingSummary.Calibrated;
import io.retort.eval.routing.RoutingSummary.Choice;
import io.retort.eval.routing.RoutingSummary.Policy;
import io.retort.eval.routing.RoutingSummary.Unknown;
import io.retort.eval.statistics.RankedScores;
import io.retort.eval.statistics.Reliability;
import io.retort.eval.summary.Figure;
import io.retort.eval.summary.JsonFigures;

/** A router's figures as the member {@code routing} of {@code results.json}. */
public final class RoutingJson {
    private RoutingJson() {}

    /** The object; an undefined figure is null. */
    public static ObjectNode of(RoutingSummary summary) {
        ObjectNode root = JsonFigures.object();
        root.put("documents", summary.documents());
        ArrayNode choices = root.putArray("first_choice");
        for (Choice choice : summary.choices()) {
            ObjectNode node = choices.addObject();
            if (choice.bytes() == FirstChoice.WHOLE) {
                node.putNull("bytes");
            } else {
                node.put("bytes", choice.bytes());
            }
            node.set("accuracy", figure(choice.accuracy()));
            ObjectNode domains = node.putObject("domains");
            choice.domains().forEach(domain -> domains.set(domain.domain(), figure(domain.figure())));
        }
        ObjectNode policies = root.putObject("answer_bits_per_byte");
        for (Policy policy : summary.policies()) {
            ObjectNode node = policies.putObject(policy.name());
            node.set("value", figure(policy.bits()));
            node.set("regret", figure(policy.regret()));
        }
        ObjectNode calibration = root.putObject("calibration");
        calibration.put("temperature", summary.temperature());
        calibration.set("next_symbols", calibrated(summary.symbols()));
        calibration.set("answers", calibrated(summary.answers()));
        ObjectNode unknown = root.putObject("unknown");
        unknown.set("known_prompts_flagged", figure(summary.known()));
        unknown.set("mean_area", figure(summary.area()));
        ObjectNode domains = unknown.putObject("domains");
        summary.unknown().forEach(domain -> domains.set(domain.domain(), unknown(domain)));
        return root;
    }

    private static ObjectNode unknown(Unknown unknown) {
        ObjectNode node = JsonFigures.object();
        node.set("area", figure(unknown.area()));
        node.set("detected", figure(unknown.detected()));
        node.set("false_alarms", figure(unknown.falseAlarms()));
        ArrayNode curve = node.putArray("curve");
        for (RankedScores.Point point : unknown.curve()) {
            curve.addArray().add(point.falsePositiveRate()).add(point.truePositiveRate());
        }
        return node;
    }

    private static ObjectNode calibrated(Calibrated calibrated) {
        ObjectNode node = JsonFigures.object();
        node.set("before", reliability(calibrated.before()));
        node.set("after", reliability(calibrated.after()));
        return node;
    }

    private static ObjectNode reliability(Reliability reliability) {
        ObjectNode node = JsonFigures.object();
        JsonFigures.put(node, "ece", reliability.error());
        JsonFigures.putInterval(node, reliability.interval());
        node.put("predictions", reliability.predictions());
        node.put("documents", reliability.documents());
        ArrayNode bins = node.putArray("bins");
        for (Reliability.Bin bin : reliability.bins()) {
            bins.addObject()
                    .put("predictions", bin.predictions())
                    .put("confidence", bin.confidence())
                    .put("right", bin.right());
        }
        return node;
    }

    private static ObjectNode figure(Figure figure) {
        ObjectNode node = JsonFigures.object();
        JsonFigures.put(node, "value", figure.value());
        JsonFigures.putInterval(node, figure.interval());
        node.put("documents", figure.documents());
        return node;
    }
}
