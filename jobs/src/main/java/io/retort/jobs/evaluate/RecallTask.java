package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.storage.Storage;
import io.retort.datasets.suites.AskedFact;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.recall.RecallState;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that counts what an expert recalled of facts in test prompts; the outcomes must be there. */
record RecallTask(StorageSettings storageSettings, EvaluateTask.Place place, String expert)
        implements FlatMapFunction<Iterator<DocumentShard>, RecallState> {
    @Override
    public Iterator<RecallState> call(Iterator<DocumentShard> shards) throws IOException {
        Storage storage = storageSettings.open();
        RecallState state = new RecallState(expert);
        try (ShardReader reader = new ShardReader(storage, place.corpus())) {
            while (shards.hasNext()) {
                DocumentShard shard = shards.next();
                Map<DocumentKey, DocumentOutcomes> outcomes = new HashMap<>();
                DocumentOutcomes.group(OutcomeFile.read(storage, place.outcomes(shard)))
                        .forEach(group -> outcomes.put(group.document(), group));
                for (Document document : reader.read(shard)) {
                    Optional<AskedFact> fact = AskedFact.in(document);
                    Optional<DocumentOutcome> outcome = Optional.ofNullable(outcomes.get(DocumentKey.of(document)))
                            .flatMap(known -> known.under(expert));
                    if (fact.isPresent() && outcome.isPresent()) {
                        state.update(fact.get(), outcome.get());
                    }
                }
            }
        }
        return List.of(state).iterator();
    }
}
