package io.retort.jobs.teach;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.QuarantineFile;
import io.retort.datasets.logits.QuarantineRow;
import io.retort.datasets.logits.ShardKey;
import io.retort.datasets.logits.ShardSummary;
import io.retort.datasets.logits.ShardVerification;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.PendingFile;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.teach.ShardScoring.Scored;
import io.retort.jobs.teach.ShardScoring.Tokenised;
import io.retort.jobs.workspaces.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the shards of one dataset, one after the other. Others may make the same shards in the same dataset meanwhile:
 * what a shard holds is a function of its key, so whoever comes last writes what is there already. For one thread.
 */
final class ShardTeaching {
    private static final Logger LOG = LoggerFactory.getLogger(ShardTeaching.class);

    static final int LARGEST_SHARD = Integer.MAX_VALUE - 8;

    private final Storage storage;
    private final DatasetFiles files;
    private final ShardScoring scoring;
    private final Map<String, Location> elsewhere;

    /** @param elsewhere files of other datasets that hold shards of this one, by path within the dataset */
    ShardTeaching(Storage storage, DatasetFiles files, ShardScoring scoring, Map<String, Location> elsewhere) {
        this.storage = storage;
        this.files = files;
        this.scoring = scoring;
        this.elsewhere = elsewhere;
    }

    /** Makes the shard of these documents, or finds it made. */
    ShardResult teach(String domain, String source, List<Document> documents) throws IOException {
        Tokenised tokenised = scoring.tokenise(documents);
        ShardPlace place = ShardPlace.of(domain, source, tokenised);
        Optional<ShardSummary> there = find(files.shard(place.path()), place.key());
        if (there.isPresent()) {
            return result(place, there.get(), tokenised, cost(files, place), ShardMaking.FOUND);
        }
        Optional<ShardResult> copied = copy(place, tokenised);
        if (copied.isPresent()) {
            return copied.get();
        }
        return make(place, tokenised);
    }

    /** Makes the shard, whatever is there. */
    ShardResult make(ShardPlace place, Tokenised tokenised) throws IOException {
        LOG.info(
                "scoring shard {}: {} chunks, {} tokens",
                place.path(),
                tokenised.chunks().size(),
                tokenised.tokens());
        Scored scored = scoring.score(tokenised);
        ShardCost cost;
        try {
            cost = write(place, scored);
        } catch (IOException e) {
            // Another run that finished the dataset meanwhile has removed what was unfinished, this file among it.
            if (find(files.shard(place.path()), place.key()).isEmpty()) {
                throw e;
            }
            cost = scored.cost();
        }
        return result(place, scored.shard().summary(), tokenised, cost, ShardMaking.MADE);
    }

    static ShardResult result(
            ShardPlace place, ShardSummary summary, Tokenised tokenised, ShardCost cost, ShardMaking making) {
        return ShardResult.of(place.path(), summary, tokenised.unscored(), cost, making);
    }

    /** The shard in this file, if it is there and whole; a damaged one is made again, as a function of its key. */
    private Optional<ShardSummary> find(Location file, ShardKey key) throws IOException {
        if (!storage.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ShardVerification.verify(storage.read(file, LARGEST_SHARD), file.value(), key));
        } catch (InvalidDataException | FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Takes the shard from another dataset, if that has it with all that belongs to it. */
    private Optional<ShardResult> copy(ShardPlace place, Tokenised tokenised) throws IOException {
        Location file = elsewhere.get(place.path());
        if (file == null || !storage.exists(file)) {
            return Optional.empty();
        }
        DatasetFiles other = new DatasetFiles(Location.of(
                file.value().substring(0, file.value().length() - place.path().length())));
        try {
            byte[] bytes = storage.read(file, LARGEST_SHARD);
            ShardSummary summary = ShardVerification.verifyRows(bytes, file.value(), place.key());
            int expected = summary.quarantined().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum()
                    + tokenised.refused().size();
            List<QuarantineRow> quarantine = quarantine(other, place.key());
            if (quarantine.size() != expected) {
                return Optional.empty();
            }
            ShardCost cost = cost(other, place);
            writeBeside(place, quarantine, cost);
            storage.write(files.shard(place.path()), bytes);
            return Optional.of(result(place, summary, tokenised, cost, ShardMaking.COPIED));
        } catch (InvalidDataException | FileNotFoundException e) {
            // Damaged, or deleted meanwhile: the teacher knows it.
            return Optional.empty();
        }
    }

    private List<QuarantineRow> quarantine(DatasetFiles dataset, ShardKey key) throws IOException {
        Location file = dataset.quarantine(key);
        return storage.exists(file) ? QuarantineFile.read(storage.read(file, LARGEST_SHARD), file.value()) : List.of();
    }

    /** The shard comes last: where it is, all that belongs to it is. */
    private ShardCost write(ShardPlace place, Scored scored) throws IOException {
        long begun = System.nanoTime();
        try (PendingFile pending = storage.create(files.shard(place.path()))) {
            try (OutputStream out = pending.stream()) {
                out.write(scored.shard().file());
            }
            ShardCost cost = new ShardCost(
                    scored.cost().documents(),
                    scored.cost().requests(),
                    scored.cost().teacherTokens(),
                    scored.cost().phases().plusWrite(ShardScoring.secondsSince(begun)));
            writeBeside(place, scored.quarantine(), cost);
            pending.commit();
            return cost;
        }
    }

    private void writeBeside(ShardPlace place, List<QuarantineRow> quarantine, ShardCost cost) throws IOException {
        if (!quarantine.isEmpty()) {
            storage.write(files.quarantine(place.key()), QuarantineFile.write(quarantine));
        }
        Json.write(storage, files.cost(place.key(), place.source()), cost);
    }

    private ShardCost cost(DatasetFiles dataset, ShardPlace place) throws IOException {
        return ShardCost.read(storage, dataset.cost(place.key(), place.source()));
    }
}
