package io.retort.jobs.teach;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.logits.LogitManifest;
import io.retort.datasets.logits.QuarantineReason;
import io.retort.datasets.logits.ShardOrigin;
import io.retort.datasets.logits.TeacherReference;
import io.retort.datasets.logits.TeachingCost;
import io.retort.jobs.JobContext;
import io.retort.jobs.corpora.ContentShard;
import io.retort.jobs.reports.Figures;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** From a spec to what tasks are told, and from what they answer to the manifest. */
final class TeachingOrders {
    private TeachingOrders() {}

    static List<TeachingTask.Order> of(TeachSpec spec, List<ContentShard> shards) {
        return shards.stream()
                .map(shard -> new TeachingTask.Order(
                        shard.documents(), DatasetFiles.source(shard, spec.identity(), spec.options())))
                .toList();
    }

    static TeachingTask task(TeachSpec spec, JobContext context, List<ContentShard> shards) throws IOException {
        return new TeachingTask(
                context.storageSettings(),
                new TeachingTask.Place(
                        spec.workspace().corpus(spec.corpus().corpusId()),
                        new DatasetFiles(spec.workspace().logits(spec.logitsId())),
                        ShardInventory.of(spec, context.storage(), shards).elsewhere()),
                spec.teacher(),
                spec.options(),
                TeachingCounters.of(
                        context.spark().sparkContext(), spec.planning().pricePerMillionTokens()));
    }

    static LogitManifest manifest(TeachSpec spec, List<ShardResult> results) {
        Map<QuarantineReason, Integer> unscored = new EnumMap<>(QuarantineReason.class);
        TeachingCost cost = TeachingCost.NONE;
        for (ShardResult result : results) {
            result.unscored().forEach((reason, count) -> unscored.merge(reason, count, Integer::sum));
            cost = cost.plus(new TeachingCost(
                    result.cost().teacherTokens(), result.cost().phases().forward(), 0));
        }
        return new LogitManifest(
                new TeacherReference(
                        spec.identity().name(),
                        spec.identity().digest(),
                        spec.identity().contextTokens()),
                new ShardOrigin(
                        spec.identity().digest(),
                        spec.identity().tokenizerDigest(),
                        spec.options().logitSettings()),
                results.stream().map(ShardResult::manifestShard).toList(),
                unscored,
                cost);
    }

    /** A dataset of which too much is missing is not finished. */
    static void requireFewQuarantined(TeachSpec spec, LogitManifest manifest, long documents) {
        long quarantined = manifest.quarantined().values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        if (quarantined > spec.options().quarantineLimit() * documents) {
            throw new InvalidDataException("expected at most "
                    + Figures.share(spec.options().quarantineLimit()) + " of " + documents
                    + " documents in quarantine (retort.teach.quarantine-limit), found " + quarantined + ": "
                    + manifest.quarantined());
        }
    }
}
