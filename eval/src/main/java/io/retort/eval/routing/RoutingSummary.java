package io.retort.eval.routing;

import io.retort.eval.statistics.RankedScores;
import io.retort.eval.statistics.Reliability;
import io.retort.eval.summary.Figure;
import java.util.List;

/**
 * How well a router does, over test documents that have a prompt.
 *
 * @param documents how many
 * @param choices by rising number of bytes
 * @param policies what answers cost whom
 * @param temperature that was fitted on other documents
 * @param symbols the ensemble's next symbols along reference answers
 * @param answers its own answers
 * @param known the share of prompts of known domains that the router takes for unknown
 * @param unknown of each domain, how well a router that was trained without it tells its prompts from the others
 * @param area mean over {@code unknown}
 */
public record RoutingSummary(
        long documents,
        List<Choice> choices,
        List<Policy> policies,
        double temperature,
        Calibrated symbols,
        Calibrated answers,
        Figure known,
        List<Unknown> unknown,
        Figure area) {
    public RoutingSummary {
        choices = List.copyOf(choices);
        policies = List.copyOf(policies);
        unknown = List.copyOf(unknown);
    }

    /**
     * Choosing one expert by the beginning of a prompt.
     *
     * @param bytes shown at most, or {@link FirstChoice#WHOLE}
     * @param accuracy the share of documents whose first choice is an expert of their domain
     * @param domains the same by domain
     */
    public record Choice(int bytes, Figure accuracy, List<DomainFigure> domains) {
        public Choice {
            domains = List.copyOf(domains);
        }
    }

    /** A figure of one domain. */
    public record DomainFigure(String domain, Figure figure) {}

    /**
     * Who answers.
     *
     * @param bits a byte of answers given their prompts
     * @param regret bits a byte more than the oracle's, paired
     */
    public record Policy(String name, Figure bits, Figure regret) {}

    /** Before and after the temperature. */
    public record Calibrated(Reliability before, Reliability after) {}

    /**
     * A domain as unknown.
     *
     * @param area under the curve
     * @param detected the share of its prompts beyond the threshold of the router that was trained without it
     * @param falseAlarms the share of the other domains' prompts beyond it
     */
    public record Unknown(
            String domain, Figure area, Figure detected, Figure falseAlarms, List<RankedScores.Point> curve) {
        public Unknown {
            curve = List.copyOf(curve);
        }
    }
}
