package io.retort.jobs.align;

import io.retort.datasets.logits.LogitManifest;
import io.retort.datasets.logits.ManifestShard;
import io.retort.datasets.logits.TokenTransitions;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.align.ByteManifest.TargetFile;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.progress.Watch;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.sessions.Parallelism;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** Makes byte targets of a logit dataset. */
public final class AlignJob implements Job<AlignSpec, AlignReport> {
    static final String NAME = "align";
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** Of the estimate only: bytes of text aligned a second and task, and bytes stored for each. */
    private static final int TEXT_BYTES_A_SECOND_AND_TASK = 60_000;

    private static final int FILE_BYTES_A_TEXT_BYTE = 28;

    /** Main class for spark-submit, with the options of {@code retort align}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(AlignSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        String id = spec.bytesId();
        Location targets = spec.workspace().bytes(id);
        if (storage.exists(targets.resolve(ByteManifest.FILE_NAME))) {
            return Plan.alreadyDone(NAME, id, targets.value());
        }
        LogitManifest logits = spec.logits().manifest(storage);
        int tasks = Parallelism.ofMachine().tasks();
        long seconds = 5 + logits.textBytes() / TEXT_BYTES_A_SECOND_AND_TASK / tasks;
        return new Plan(
                NAME,
                id,
                Completion.TO_DO,
                List.of("turn " + Figures.count(logits.tokens()) + " tokens in "
                        + logits.shards().size() + " shards into distributions over bytes in " + targets),
                new Cost(Duration.ofSeconds(seconds), logits.textBytes() * FILE_BYTES_A_TEXT_BYTE, 0));
    }

    @Override
    public AlignReport execute(AlignSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        String id = spec.bytesId();
        Location targets = spec.workspace().bytes(id);
        Location manifestFile = targets.resolve(ByteManifest.FILE_NAME);
        if (storage.exists(manifestFile)) {
            return new AlignReport(
                    NAME, id, Completion.ALREADY_DONE, targets.value(), ByteManifest.read(storage, targets));
        }
        LogitManifest logits = spec.logits().manifest(storage);
        List<String> shards = logits.shards().stream().map(ManifestShard::path).toList();
        context.log().input("logits", spec.logits().logitsId());
        context.log().input("logits digest", logits.datasetDigest());
        List<AlignTask.Result> results = align(spec, context, shards);
        List<TargetFile> files =
                results.stream().flatMap(result -> result.file().stream()).toList();
        long faults = results.stream().mapToLong(AlignTask.Result::faults).sum();
        ByteManifest manifest = new ByteManifest(ByteManifest.VERSION, id, logits.datasetDigest(), files, faults);
        Json.write(storage, manifestFile, manifest);
        storage.delete(targets.resolve(AlignTask.DONE));
        context.log().output("byte targets", id);
        return new AlignReport(NAME, id, Completion.DONE, targets.value(), manifest);
    }

    private static List<AlignTask.Result> align(AlignSpec spec, JobContext context, List<String> shards)
            throws IOException {
        Location logits = spec.workspace().logits(spec.logits().logitsId());
        Location targets = spec.workspace().bytes(spec.bytesId());
        Storage storage = context.storage();
        Location done = targets.resolve(AlignTask.DONE);
        try (Progress.Track track = context.progress().start(NAME, shards.size(), "shards")) {
            track.at(0, "sums over the dataset");
            Broadcast<byte[]> transitions = context.sparkContext().broadcast(transitions(spec, context, shards));
            AlignTask task = new AlignTask(
                    context.storageSettings(),
                    new AlignTask.Place(logits, targets, spec.bytesId()),
                    spec.logits().teacher(),
                    spec.method(),
                    spec.symbols(),
                    transitions);
            try (Watch watch =
                    Watch.every(LOOK_EVERY, () -> track.at(storage.list(done).size(), ""))) {
                return context.distribute(shards).mapPartitions(task).collect();
            } finally {
                transitions.destroy();
            }
        }
    }

    /** Sums do not depend on how the shards are grouped. */
    private static byte[] transitions(AlignSpec spec, JobContext context, List<String> shards) {
        Location logits = spec.workspace().logits(spec.logits().logitsId());
        TransitionTask task = new TransitionTask(
                context.storageSettings(), logits, spec.logits().teacher());
        Tokenizer tokenizer = spec.logits().teacher().tokenizer();
        TokenTransitions all = new TokenTransitions(tokenizer.vocabularySize(), tokenizer.bos());
        for (byte[] part : context.distribute(shards).mapPartitions(task).collect()) {
            all.merge(TokenTransitions.fromBytes(part));
        }
        return all.toBytes();
    }
}
