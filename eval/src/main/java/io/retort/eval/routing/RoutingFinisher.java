package io.retort.eval.routing;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.routing.RoutingSummary.Calibrated;
import io.retort.eval.routing.RoutingSummary.Choice;
import io.retort.eval.routing.RoutingSummary.DomainFigure;
import io.retort.eval.routing.RoutingSummary.Policy;
import io.retort.eval.routing.RoutingSummary.Unknown;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.FixedPoint;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.PoissonWeights;
import io.retort.eval.statistics.Prediction;
import io.retort.eval.statistics.RankedScores;
import io.retort.eval.statistics.RatioState;
import io.retort.eval.statistics.Reliability;
import io.retort.eval.summary.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Makes figures of observations, which are in an order that depends on the documents alone. */
final class RoutingFinisher {
    private static final int CURVE_POINTS = 101;

    private final List<RoutingObservation> observations;
    private final BootstrapSettings bootstrap;
    private final PoissonWeights poisson;

    RoutingFinisher(List<RoutingObservation> observations, BootstrapSettings bootstrap) {
        this.observations = observations;
        this.bootstrap = bootstrap;
        this.poisson = new PoissonWeights(bootstrap);
    }

    RoutingSummary summary(double temperature) {
        List<Unknown> unknown = new ArrayList<>();
        List<Estimate> areas = new ArrayList<>();
        long rarest = Long.MAX_VALUE;
        TreeSet<String> leftOut = observations.stream()
                .flatMap(observation -> observation.leftOut().stream())
                .map(LeftOut::domain)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String domain : leftOut) {
            RankedScores scores = scores(domain);
            Estimate area = scores.area(bootstrap);
            if (area.isDefined()) {
                areas.add(area);
                rarest = Math.min(rarest, scores.rarer());
                unknown.add(unknown(domain, scores, area));
            }
        }
        return new RoutingSummary(
                observations.size(),
                choices(),
                policies(),
                temperature,
                calibrated(RoutingObservation::symbols),
                calibrated(RoutingObservation::answers),
                share(observations, RoutingObservation::flagged),
                unknown,
                area(mean(areas).orElseGet(() -> new RatioState(bootstrap.replicates()).finish(1)), rarest));
    }

    private List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        for (int bytes : lengths()) {
            Predicate<RoutingObservation> own = observation -> choice(observation, bytes)
                    .domain()
                    .equals(observation.document().domain());
            Map<String, List<RoutingObservation>> domains = observations.stream()
                    .collect(Collectors.groupingBy(
                            observation -> observation.document().domain(), LinkedHashMap::new, Collectors.toList()));
            List<DomainFigure> figures = new ArrayList<>();
            domains.forEach((domain, documents) -> figures.add(new DomainFigure(domain, share(documents, own))));
            choices.add(new Choice(bytes, share(observations, own), figures));
        }
        return choices;
    }

    private List<Integer> lengths() {
        return observations.isEmpty()
                ? List.of()
                : observations.get(0).choices().stream().map(FirstChoice::bytes).toList();
    }

    private static FirstChoice choice(RoutingObservation observation, int bytes) {
        return observation.choices().stream()
                .filter(choice -> choice.bytes() == bytes)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a choice from " + bytes + " bytes for "
                        + observation.document() + ", found " + observation.choices()));
    }

    private List<Policy> policies() {
        Estimate oracle = bits(observation -> observation.costs().oracle());
        List<Policy> policies = new ArrayList<>();
        policies.add(policy("oracle", oracle, oracle));
        policies.add(policy("ensemble", bits(observation -> observation.costs().ensemble()), oracle));
        for (int bytes : lengths()) {
            String name = bytes == FirstChoice.WHOLE ? "first choice" : "first choice from " + bytes + " bytes";
            policies.add(
                    policy(name, bits(observation -> choice(observation, bytes).nats()), oracle));
        }
        policies.add(policy(
                "best single expert", bits(observation -> observation.costs().bestSingle()), oracle));
        return policies;
    }

    private Policy policy(String name, Estimate bits, Estimate oracle) {
        return new Policy(name, figure(bits), figure(bits.minus(oracle)));
    }

    /** Bits a byte of answers. */
    private Estimate bits(ToDoubleFunction<RoutingObservation> nats) {
        RatioState state = new RatioState(bootstrap.replicates());
        eachWithWeights(
                observations,
                (observation, hash, weights) -> state.update(
                        hash,
                        FixedPoint.of(nats.applyAsDouble(observation)),
                        observation.costs().bytes(),
                        weights));
        return state.finish(1 / Math.log(2));
    }

    private Figure share(List<RoutingObservation> documents, Predicate<RoutingObservation> which) {
        RatioState state = new RatioState(bootstrap.replicates());
        eachWithWeights(
                documents,
                (observation, hash, weights) ->
                        state.update(hash, FixedPoint.of(which.test(observation) ? 1 : 0), 1, weights));
        Estimate share = state.finish(1);
        return figure(
                share,
                share.isDefined()
                        ? Metric.ACCURACY.interval(share, bootstrap.level())
                        : share.interval(bootstrap.level()));
    }

    private interface Update {
        void accept(RoutingObservation observation, long hash, int[] weights);
    }

    private void eachWithWeights(List<RoutingObservation> documents, Update update) {
        int[] weights = new int[bootstrap.replicates()];
        for (RoutingObservation observation : documents) {
            long hash = PoissonWeights.hash(observation.document().documentId());
            poisson.draw(hash, weights);
            update.accept(observation, hash, weights);
        }
    }

    private Calibrated calibrated(Function<RoutingObservation, Confidences> which) {
        return new Calibrated(
                Reliability.of(predictions(which, Confidences::before), bootstrap),
                Reliability.of(predictions(which, Confidences::after), bootstrap));
    }

    private List<Prediction> predictions(
            Function<RoutingObservation, Confidences> which, Function<Confidences, float[]> when) {
        List<Prediction> predictions = new ArrayList<>();
        for (RoutingObservation observation : observations) {
            long hash = PoissonWeights.hash(observation.document().documentId());
            Confidences confidences = which.apply(observation);
            float[] values = when.apply(confidences);
            for (int i = 0; i < values.length; i++) {
                predictions.add(new Prediction(
                        hash, values[i], confidences.right()[i] ? Prediction.Outcome.RIGHT : Prediction.Outcome.WRONG));
            }
        }
        return predictions;
    }

    private RankedScores scores(String domain) {
        List<RankedScores.Scored> scores = new ArrayList<>();
        for (RoutingObservation observation : observations) {
            leftOut(observation, domain)
                    .ifPresent(left -> scores.add(new RankedScores.Scored(
                            PoissonWeights.hash(observation.document().documentId()),
                            left.score(),
                            observation.document().domain().equals(domain)
                                    ? RankedScores.Kind.POSITIVE
                                    : RankedScores.Kind.NEGATIVE)));
        }
        return new RankedScores(scores);
    }

    private static Optional<LeftOut> leftOut(RoutingObservation observation, String domain) {
        return observation.leftOut().stream()
                .filter(left -> left.domain().equals(domain))
                .findFirst();
    }

    private Unknown unknown(String domain, RankedScores scores, Estimate area) {
        Predicate<RoutingObservation> flagged = observation ->
                leftOut(observation, domain).map(LeftOut::flagged).orElse(false);
        List<RoutingObservation> own = new ArrayList<>();
        List<RoutingObservation> others = new ArrayList<>();
        for (RoutingObservation observation : observations) {
            (observation.document().domain().equals(domain) ? own : others).add(observation);
        }
        return new Unknown(
                domain,
                area(area, scores.rarer()),
                share(own, flagged),
                share(others, flagged),
                scores.curve(CURVE_POINTS));
    }

    /** All are over the same documents. */
    private static Optional<Estimate> mean(List<Estimate> estimates) {
        int count = estimates.size();
        return estimates.stream()
                .reduce((a, b) -> a.combine(b, Double::sum))
                .map(sum -> sum.combine(sum, (x, y) -> x / count));
    }

    private Figure area(Estimate estimate, long rarer) {
        return figure(estimate, RankedScores.interval(estimate, rarer, bootstrap.level()));
    }

    private Figure figure(Estimate estimate) {
        return figure(estimate, estimate.interval(bootstrap.level()));
    }

    private static Figure figure(Estimate estimate, Interval interval) {
        return new Figure(
                estimate.value(),
                interval,
                estimate.standardError(),
                estimate.documents().documents());
    }
}
