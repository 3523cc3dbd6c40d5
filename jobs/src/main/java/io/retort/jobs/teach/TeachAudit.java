package io.retort.jobs.teach;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.logits.LogitManifest;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.corpora.ContentShard;
import io.retort.jobs.failures.Failure;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.teach.Damage.Remedy;
import io.retort.jobs.teach.ShardAudit.Audited;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a dataset file by file against its corpus, and recomputes just what is damaged. */
public final class TeachAudit implements Job<TeachSpec, TeachAuditReport> {
    @Override
    public String name() {
        return TeachJob.NAME;
    }

    @Override
    public Plan plan(TeachSpec spec) throws IOException {
        Location dataset = spec.workspace().logits(spec.logitsId());
        if (!StorageSettings.ofProcess().open().isDirectory(dataset)) {
            throw new IllegalArgumentException("expected a logit dataset at " + dataset
                    + ", found none; make it by retort teach with the same settings");
        }
        return new Plan(
                name(),
                spec.logitsId(),
                Completion.TO_DO,
                List.of("check every file of " + dataset, "ask the teacher for what is damaged, and for nothing else"),
                Cost.NOTHING);
    }

    @Override
    public TeachAuditReport execute(TeachSpec spec, JobContext context) throws IOException {
        spec.teacher().confirm();
        Storage storage = context.storage();
        DatasetFiles files = new DatasetFiles(spec.workspace().logits(spec.logitsId()));
        List<ContentShard> shards = TeachingPlans.shards(spec, storage);
        List<Audited> audited = context.distribute(TeachingOrders.of(spec, shards))
                .mapPartitions(TeachingOrders.task(spec, context, shards).audit())
                .collect();
        List<Damage> damages = new ArrayList<>();
        audited.forEach(shard -> damages.addAll(shard.damages()));
        LogitManifest manifest = TeachingOrders.manifest(
                spec, audited.stream().map(Audited::result).toList());
        TeachingOrders.requireFewQuarantined(
                spec,
                manifest,
                shards.stream()
                        .mapToLong(shard -> shard.documents().documents())
                        .sum());
        manifestDamage(storage, files.dataset(), manifest).ifPresent(damages::add);
        damages.addAll(strays(storage, files, audited));
        for (Damage damage : damages) {
            context.log().event("damage", Map.of("damage", damage));
        }
        context.log().output("logits digest", manifest.datasetDigest());
        int recomputed = (int) audited.stream()
                .filter(shard -> shard.result().making() == ShardMaking.MADE)
                .count();
        return new TeachAuditReport(
                name(),
                spec.logitsId(),
                Completion.DONE,
                files.dataset().value(),
                manifest.datasetDigest(),
                audited.size(),
                recomputed,
                damages);
    }

    /** A manifest that does not list the shards as they are is written anew. */
    private static Optional<Damage> manifestDamage(Storage storage, Location dataset, LogitManifest whole)
            throws IOException {
        String found;
        Location file = dataset.resolve(LogitManifest.FILE_NAME);
        if (!storage.exists(file)) {
            found = "no file";
        } else {
            try {
                LogitManifest there = LogitManifest.read(storage, dataset);
                boolean same = there.shards().equals(whole.shards())
                        && there.origin().equals(whole.origin())
                        && there.teacher().equals(whole.teacher())
                        && there.unscored().equals(whole.unscored());
                if (same) {
                    return Optional.empty();
                }
                found = "digest " + there.datasetDigest().substring(0, 16) + " of "
                        + there.shards().size() + " shards";
            } catch (InvalidDataException e) {
                found = Failure.oneLine(e.getMessage());
            }
        }
        whole.write(storage, dataset);
        return Optional.of(new Damage(
                LogitManifest.FILE_NAME,
                "digest " + whole.datasetDigest().substring(0, 16) + " of "
                        + whole.shards().size() + " shards",
                found,
                Remedy.REWRITTEN));
    }

    private static List<Damage> strays(Storage storage, DatasetFiles files, List<Audited> audited) throws IOException {
        Set<Location> known = new HashSet<>();
        known.add(files.dataset().resolve(LogitManifest.FILE_NAME));
        for (Audited shard : audited) {
            known.add(files.shard(shard.result().path()));
            known.add(files.cost(shard.result().manifestShard().summary().key(), shard.source()));
            if (shard.hasQuarantine()) {
                known.add(files.quarantine(
                        shard.result().manifestShard().summary().key()));
            }
        }
        List<Damage> strays = new ArrayList<>();
        for (Location file : storage.everyFileBelow(files.dataset())) {
            if (!known.contains(file)) {
                strays.add(new Damage(
                        file.value().substring(files.dataset().value().length() + 1),
                        "nothing",
                        storage.length(file) + " bytes that belong to no shard",
                        Remedy.LEFT));
            }
        }
        return strays;
    }
}
