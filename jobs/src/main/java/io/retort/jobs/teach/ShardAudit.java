package io.retort.jobs.teach;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.QuarantineFile;
import io.retort.datasets.logits.ShardSummary;
import io.retort.datasets.logits.ShardVerification;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.failures.Failure;
import io.retort.jobs.teach.Damage.Remedy;
import io.retort.jobs.teach.ShardScoring.Tokenised;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the shards of a dataset to the last row, with all that belongs to them, and makes what is damaged again. */
final class ShardAudit {
    private final Storage storage;
    private final DatasetFiles files;
    private final ShardScoring scoring;
    private final ShardTeaching teaching;

    ShardAudit(Storage storage, DatasetFiles files, ShardScoring scoring, ShardTeaching teaching) {
        this.storage = storage;
        this.files = files;
        this.scoring = scoring;
        this.teaching = teaching;
    }

    /**
     * What became of a shard.
     *
     * @param result as it is now
     * @param source what it is made from
     * @param damages that it had
     * @param hasQuarantine whether a file of quarantined rows belongs to it
     */
    record Audited(ShardResult result, String source, List<Damage> damages, boolean hasQuarantine)
            implements Serializable {}

    Audited audit(String domain, String source, List<Document> documents) throws IOException {
        Tokenised tokenised = scoring.tokenise(documents);
        ShardPlace place = ShardPlace.of(domain, source, tokenised);
        List<Damage> damages = new ArrayList<>();
        Optional<ShardSummary> summary = shard(place, damages);
        int refused = tokenised.refused().size();
        if (summary.isPresent() && quarantineIsWhole(place, quarantined(summary.get()) + refused, damages)) {
            ShardCost cost = cost(place, tokenised, damages);
            ShardResult found = ShardTeaching.result(place, summary.get(), tokenised, cost, ShardMaking.FOUND);
            return new Audited(found, source, damages, quarantined(summary.get()) + refused > 0);
        }
        ShardResult made = teaching.make(place, tokenised);
        int rows = quarantined(made.manifestShard().summary()) + refused;
        if (rows == 0) {
            storage.delete(files.quarantine(place.key()));
        }
        return new Audited(made, source, damages, rows > 0);
    }

    private static int quarantined(ShardSummary summary) {
        return summary.quarantined().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private Optional<ShardSummary> shard(ShardPlace place, List<Damage> damages) throws IOException {
        Location file = files.shard(place.path());
        String expected = "shard " + place.key().digest().substring(0, 16);
        if (!storage.exists(file)) {
            damages.add(new Damage(place.path(), expected, "no file", Remedy.RECOMPUTED));
            return Optional.empty();
        }
        try {
            return Optional.of(ShardVerification.verifyRows(
                    storage.read(file, ShardTeaching.LARGEST_SHARD), place.path(), place.key()));
        } catch (InvalidDataException e) {
            damages.add(new Damage(place.path(), expected, Failure.oneLine(e.getMessage()), Remedy.RECOMPUTED));
            return Optional.empty();
        }
    }

    private boolean quarantineIsWhole(ShardPlace place, int rows, List<Damage> damages) throws IOException {
        Location file = files.quarantine(place.key());
        String found;
        try {
            int there = storage.exists(file)
                    ? QuarantineFile.read(storage.read(file, ShardTeaching.LARGEST_SHARD), file.name())
                            .size()
                    : 0;
            if (there == rows) {
                return true;
            }
            found = there + " rows";
        } catch (InvalidDataException e) {
            found = Failure.oneLine(e.getMessage());
        }
        damages.add(new Damage(
                DatasetFiles.QUARANTINE + "/" + file.name(), rows + " rows in quarantine", found, Remedy.RECOMPUTED));
        return false;
    }

    /** A lost cost is written again without times, which nobody knows any more. */
    private ShardCost cost(ShardPlace place, Tokenised tokenised, List<Damage> damages) throws IOException {
        Location file = files.cost(place.key(), place.source());
        String found = "no file";
        if (storage.exists(file)) {
            try {
                return Json.read(storage, file, ShardCost.class);
            } catch (InvalidDataException e) {
                found = Failure.oneLine(e.getMessage());
            }
        }
        ShardCost cost =
                new ShardCost(tokenised.documents(), tokenised.chunks().size(), tokenised.tokens(), PhaseSeconds.NONE);
        Json.write(storage, file, cost);
        damages.add(new Damage(DatasetFiles.COSTS + "/" + file.name(), "what the shard cost", found, Remedy.REWRITTEN));
        return cost;
    }
}
