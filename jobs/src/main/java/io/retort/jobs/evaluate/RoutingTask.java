package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.storage.Storage;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.routing.AnswerCosts;
import io.retort.eval.routing.FirstChoice;
import io.retort.eval.routing.LeftOut;
import io.retort.eval.routing.RoutingObservation;
import io.retort.eval.routing.RoutingState;
import io.retort.inference.Retort;
import io.retort.inference.bundles.Expert;
import io.retort.inference.routing.Router;
import io.retort.inference.routing.Routing;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that looks at how test documents are routed; their outcomes must be there. */
record RoutingTask(StorageSettings storageSettings, EvaluateTask.Place place, Contestants.Entry entry)
        implements FlatMapFunction<Iterator<DocumentShard>, RoutingState> {
    private static final List<Integer> BEGINNINGS = List.of(32, 64, 128, FirstChoice.WHOLE);

    @Override
    public Iterator<RoutingState> call(Iterator<DocumentShard> shards) throws IOException {
        Storage storage = storageSettings.open();
        Contestants contestants = Contestants.shared(place.reportId(), entry);
        RoutingState state = new RoutingState();
        try (ShardReader reader = new ShardReader(storage, place.corpus())) {
            while (shards.hasNext()) {
                DocumentShard shard = shards.next();
                Map<DocumentKey, DocumentOutcomes> outcomes = new HashMap<>();
                DocumentOutcomes.group(OutcomeFile.read(storage, place.outcomes(shard)))
                        .forEach(group -> outcomes.put(group.document(), group));
                for (Document document : reader.read(shard)) {
                    DocumentOutcomes known = outcomes.get(DocumentKey.of(document));
                    if (known != null && !document.prompt().isEmpty()) {
                        observation(document, known, contestants).ifPresent(state::update);
                    }
                }
            }
        }
        return List.of(state).iterator();
    }

    /** Empty where the likelihood of the answer is not known under every expert. */
    private static Optional<RoutingObservation> observation(
            Document document, DocumentOutcomes outcomes, Contestants contestants) {
        Retort retort = contestants.retort();
        double[] nats = new double[retort.bundle().experts().size()];
        for (int e = 0; e < nats.length; e++) {
            nats[e] = nats(outcomes, retort.bundle().experts().get(e).id());
        }
        OptionalDouble oracle = Arrays.stream(nats).min();
        Optional<DocumentOutcome> ensemble = outcomes.under(Contestants.ENSEMBLE);
        double single = nats(outcomes, Contestants.BEST_SINGLE);
        if (Double.isNaN(Arrays.stream(nats).sum() + single) || oracle.isEmpty() || ensemble.isEmpty()) {
            return Optional.empty();
        }
        byte[] prompt = document.prompt().getBytes(StandardCharsets.UTF_8);
        List<FirstChoice> choices = new ArrayList<>();
        for (int bytes : BEGINNINGS) {
            Routing routing = retort.bundle().router().route(Arrays.copyOf(prompt, Math.min(bytes, prompt.length)));
            int first = routing.choices().get(0).index();
            Expert expert = retort.bundle().experts().get(first);
            choices.add(new FirstChoice(bytes, expert.domain(), nats[first]));
        }
        List<LeftOut> leftOut = new ArrayList<>();
        for (Map.Entry<String, Router> without : contestants.leftOut().entrySet()) {
            Router router = without.getValue();
            leftOut.add(new LeftOut(
                    without.getKey(),
                    router.noveltyScore(prompt),
                    router.route(prompt).isUnknown()));
        }
        AnswerProbe probe = new AnswerProbe(retort, document);
        return Optional.of(new RoutingObservation(
                DocumentKey.of(document),
                choices,
                new AnswerCosts(
                        oracle.getAsDouble(),
                        nats(outcomes, Contestants.ENSEMBLE),
                        single,
                        ensemble.get().score().answer().bytes()),
                probe.symbols(),
                probe.answer(ensemble.get().score().correct() == 1),
                leftOut,
                retort.bundle().router().route(prompt).isUnknown()));
    }

    /** −ln p of the answer; NaN where it is not known. */
    private static double nats(DocumentOutcomes outcomes, String model) {
        return outcomes.under(model)
                .map(outcome -> outcome.score().answer().nats())
                .orElse(Double.NaN);
    }
}
