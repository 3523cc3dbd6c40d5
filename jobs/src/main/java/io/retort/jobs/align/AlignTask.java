package io.retort.jobs.align;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.bytes.AlignmentMethod;
import io.retort.datasets.bytes.AlignmentModel;
import io.retort.datasets.bytes.ByteAligner;
import io.retort.datasets.bytes.ByteTargetWriter;
import io.retort.datasets.bytes.ByteTargets;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.logits.DocumentRows;
import io.retort.datasets.logits.LogitRow;
import io.retort.datasets.logits.LogitShardReader;
import io.retort.datasets.logits.TokenTransitions;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.PendingFile;
import io.retort.datasets.storage.Storage;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.jobs.align.ByteManifest.TargetFile;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * The task of the second pass: byte targets of one shard after the other, a file each. A sidecar under {@code done/},
 * written after the file, says what is in it, so that a run that goes on need not make it again.
 */
record AlignTask(
        StorageSettings storageSettings,
        Place place,
        TeacherSource teacher,
        AlignmentMethod method,
        int symbols,
        Broadcast<byte[]> transitions)
        implements FlatMapFunction<Iterator<String>, AlignTask.Result> {
    static final String DONE = "done";
    /** One model a process: it is the same for all shards of a dataset. */
    private static final ConcurrentMap<String, AlignmentModel> MODELS = new ConcurrentHashMap<>();

    /**
     * Where to read and write.
     *
     * @param id of the targets
     */
    record Place(Location logits, Location targets, String id) implements java.io.Serializable {}

    /**
     * What became of a shard.
     *
     * @param file absent where no document of the shard is whole
     */
    record Result(List<TargetFile> file, long faults) implements java.io.Serializable {}

    @Override
    public Iterator<Result> call(Iterator<String> shards) throws IOException {
        Storage storage = storageSettings.open();
        List<Result> results = new ArrayList<>();
        while (shards.hasNext()) {
            results.add(align(storage, shards.next()));
        }
        return results.iterator();
    }

    private Result align(Storage storage, String shard) throws IOException {
        Location sidecar = place.targets().resolve(DONE + "/" + name(shard) + ".json");
        if (storage.exists(sidecar)) {
            Result there = Json.read(storage, sidecar, Result.class);
            if (unchanged(storage, there)) {
                return there;
            }
        }
        Result result = write(storage, shard);
        Json.write(storage, sidecar, result);
        return result;
    }

    private boolean unchanged(Storage storage, Result there) throws IOException {
        for (TargetFile file : there.file()) {
            Location location = place.targets().resolve(file.path());
            if (!storage.exists(location) || !storage.sha256(location).equals(file.sha256())) {
                return false;
            }
        }
        return true;
    }

    private Result write(Storage storage, String shard) throws IOException {
        Tokenizer tokenizer = teacher.tokenizer();
        ByteAligner aligner = new ByteAligner(model(tokenizer), method, symbols);
        List<DocumentRows> documents = documents(storage, shard);
        List<DocumentRows> whole = documents.stream()
                .filter(document -> document.fault(tokenizer).isEmpty())
                .toList();
        long faults = documents.size() - whole.size();
        if (whole.isEmpty()) {
            return new Result(List.of(), faults);
        }
        String domain = whole.get(0).origin().domain();
        Split split = whole.get(0).origin().split();
        String path = "domain=" + domain + "/" + split.label() + "-" + name(shard) + ".arrow";
        Location file = place.targets().resolve(path);
        long textBytes = 0;
        try (PendingFile pending = storage.create(file)) {
            try (ByteTargetWriter writer = new ByteTargetWriter(
                    pending.stream(), Map.of("retort.shard", name(shard), "retort.id", place.id()))) {
                for (DocumentRows document : whole) {
                    ByteTargets targets = aligner.align(document);
                    textBytes += targets.text().length;
                    writer.add(targets);
                }
            }
            pending.commit();
        }
        TargetFile written = new TargetFile(
                path, domain, split, whole.size(), textBytes, storage.length(file), storage.sha256(file));
        return new Result(List.of(written), faults);
    }

    private AlignmentModel model(Tokenizer tokenizer) {
        return MODELS.computeIfAbsent(
                place.id(), id -> new AlignmentModel(tokenizer, TokenTransitions.fromBytes(transitions.value())));
    }

    /** Rows of a document follow each other. */
    private List<DocumentRows> documents(Storage storage, String shard) throws IOException {
        Location file = place.logits().resolve(shard);
        List<DocumentRows> documents = new ArrayList<>();
        List<LogitRow> rows = new ArrayList<>();
        try (LogitShardReader reader =
                LogitShardReader.open(storage.read(file, TransitionTask.LARGEST_SHARD), file.value())) {
            for (Optional<LogitRow> next = reader.next(); next.isPresent(); next = reader.next()) {
                LogitRow row = next.get();
                boolean another = !rows.isEmpty()
                        && !rows.get(0)
                                .origin()
                                .documentId()
                                .equals(row.origin().documentId());
                if (another) {
                    documents.add(new DocumentRows(List.copyOf(rows)));
                    rows.clear();
                }
                rows.add(row);
            }
        }
        if (!rows.isEmpty()) {
            documents.add(new DocumentRows(List.copyOf(rows)));
        }
        return documents;
    }

    private static String name(String shard) {
        int slash = shard.lastIndexOf('/');
        int dot = shard.lastIndexOf('.');
        if (dot <= slash) {
            throw new InvalidDataException("expected a shard's path to end in .parquet, found " + shard);
        }
        return shard.substring(slash + 1, dot);
    }
}
