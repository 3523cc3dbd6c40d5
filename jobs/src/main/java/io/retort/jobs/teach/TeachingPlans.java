package io.retort.jobs.teach;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.logits.ShardOrigin;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.corpora.ContentShard;
import io.retort.jobs.corpora.DocumentChoice;
import io.retort.jobs.corpora.WeightedChoice;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes plans, by looking at what is there and by scoring a sample of what is not. Writes nothing. */
final class TeachingPlans {
    private TeachingPlans() {}

    /**
     * The shards of a spec's dataset.
     *
     * @throws InvalidDataException if there are weights, but none of a document of the corpus
     */
    static List<ContentShard> shards(TeachSpec spec, Storage storage) throws IOException {
        CorpusManifest manifest = spec.corpus().manifest(storage);
        Location corpus = spec.workspace().corpus(spec.corpus().corpusId());
        DocumentChoice choice = spec.weights().choice(storage, spec.seed());
        List<ContentShard> shards = ContentShard.of(
                storage,
                corpus,
                manifest,
                spec.options().splits(),
                spec.options().shardDocuments(),
                choice);
        if (choice instanceof WeightedChoice weighted && !weighted.applied()) {
            throw new InvalidDataException("expected weights of training documents of corpus "
                    + spec.corpus().corpusId() + " (retort.teach.weights.files), found none of its documents in "
                    + String.join(", ", spec.weights().files()));
        }
        return shards;
    }

    /** The plan of what is left to do, measured for about so long. */
    static TeachingPlan of(TeachSpec spec, Storage storage, Duration time) throws IOException, InterruptedException {
        List<ContentShard> shards = shards(spec, storage);
        List<ContentShard> left = ShardInventory.of(spec, storage, shards).left();
        int there = shards.size() - left.size();
        if (left.isEmpty()) {
            return TeachingPlan.ofNothing(there);
        }
        long begun = System.nanoTime();
        Map<String, List<SliceMeasure>> measures = TeachingSample.measure(spec, storage, left, time);
        PlanEstimation estimation = new PlanEstimation(left, measures);
        Forecast tokens = estimation.tokens();
        ShardOrigin origin = new ShardOrigin(
                spec.identity().digest(),
                spec.identity().tokenizerDigest(),
                spec.options().logitSettings());
        return new TeachingPlan(
                estimation.documents(),
                left.size(),
                there,
                estimation.requests(),
                tokens,
                estimation.diskBytes(origin),
                estimation.wallSeconds(spec.planning()),
                tokens.times(PlanOptions.money(1, spec.planning().pricePerMillionTokens())),
                estimation.sample(
                        ShardScoring.secondsSince(begun), spec.planning().tasks()));
    }
}
