package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusManifest.CorpusSource;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Rejection;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the documents of a source. The same files give the same documents in the same order; a file's documents do not
 * depend on other files, so files may be read apart.
 *
 * <p>A record that cannot become a document is rejected with its reason and place. A field that the first records lack is
 * a mistake of the mapping and an {@link InvalidDataException}; once a document was made, a record that lacks one is
 * rejected. Not safe for use by many threads.
 */
public final class SourceReader {
    private final Storage storage;
    private final SourceSpec spec;
    private final DocumentMaker maker;

    public SourceReader(Storage storage, SourceSpec spec) {
        this.storage = storage;
        this.spec = spec;
        maker = new DocumentMaker(spec);
    }

    /**
     * The files of the source, by name.
     *
     * @throws InvalidDataException if there is none
     */
    public List<Location> files() throws IOException {
        String path = spec.path().value();
        String name = spec.path().name();
        List<Location> files;
        if (name.contains("*")) {
            Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E[^/]*\\Q"));
            int slash = path.length() - name.length();
            Location directory = Location.of(slash == 0 ? "." : path.substring(0, slash));
            files = storage.list(directory).stream()
                    .filter(file -> pattern.matcher(file.name()).matches())
                    .toList();
        } else {
            files = storage.exists(spec.path()) ? List.of(spec.path()) : List.of();
        }
        if (files.isEmpty()) {
            throw new InvalidDataException("expected a file for task " + spec.task() + ", found none at " + path);
        }
        return files;
    }

    /**
     * What a manifest says of this source: its name without the directory, a digest of all its files' bytes, and the
     * settings that decide which documents come of them. So a corpus does not change when its sources move.
     */
    public CorpusSource describe() throws IOException {
        Sha256 digest = new Sha256();
        for (Location file : files()) {
            digest.update((file.name() + " " + storage.sha256(file) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("format", spec.format().label());
        settings.put("domain", spec.domain());
        settings.put("task", spec.task());
        settings.put("prompt", spec.mapping().prompt().source());
        settings.put("answer", spec.mapping().answer().source());
        settings.put("answer-pattern", spec.mapping().answerPattern().orElse(""));
        settings.put("choices", spec.mapping().choices().toString());
        spec.mapping().group().ifPresent(group -> settings.put("group", group.source()));
        settings.put("max-bytes", Integer.toString(spec.options().mostBytes()));
        settings.put("limit", Long.toString(spec.options().mostDocuments()));
        settings.put("cut", spec.options().cut().toString());
        settings.put("columns", spec.options().columns());
        spec.options().split().ifPresent(split -> settings.put("split", split.toString()));
        if (spec.options().join().isPresent()) {
            Join join = spec.options().join().get();
            settings.put("join", join.path().name() + " " + storage.sha256(join.path()));
            settings.put("join-keys", join.key() + " " + join.partnerKey() + " " + join.name());
        }
        return new CorpusSource(spec.path().name(), digest.hex(), settings);
    }

    /**
     * Reads all files.
     *
     * @throws InvalidDataException if a file has no record at all, or not one record of the source became a document
     */
    public SourceReport readAll(DocumentSink sink) throws IOException {
        SourceReport report = SourceReport.NONE;
        for (Location file : files()) {
            report = report.plus(read(file, sink));
        }
        if (report.documents() == 0) {
            throw new InvalidDataException("expected at least one document of " + spec.path() + ", found "
                    + report.records() + " records, all rejected: " + report.rejected());
        }
        return report;
    }

    /**
     * Reads one file.
     *
     * @throws InvalidDataException if it has no record at all, or lacks a field that the mapping names
     */
    public SourceReport read(Location file, DocumentSink sink) throws IOException {
        RecordReader reader = RecordReader.of(spec.format(), spec.options());
        Making making = new Making(sink);
        if (spec.options().join().isPresent()) {
            making.partners =
                    Optional.of(Partners.read(storage, spec.options().join().get(), reader));
        }
        reader.read(storage, file, making);
        making.place();
        SourceReport report = new SourceReport(making.documents, making.rejected);
        if (report.records() == 0) {
            throw new InvalidDataException(
                    "expected at least one record of format " + spec.format().label() + ", found none in " + file);
        }
        return report;
    }

    /** Makes the records of one file documents. */
    private final class Making implements RecordSink {
        private final DocumentSink sink;
        private final SortedMap<RejectionReason, Long> rejected = new TreeMap<>();
        private Optional<Partners> partners = Optional.empty();
        /** Of a split by place, which only the end of the file decides. */
        private final List<Document> waiting = new ArrayList<>();

        private long documents;

        Making(DocumentSink sink) {
            this.sink = sink;
        }

        @Override
        public void record(String place, JsonNode record, String group) throws IOException {
            Document document;
            try {
                document = maker.document(partners.isPresent() ? partners.get().joined(record) : record, group);
            } catch (MissingFieldException e) {
                if (documents == 0) {
                    throw new InvalidDataException(e.getMessage() + " at " + place, e);
                }
                rejected(new Rejection(place, RejectionReason.MISSING_FIELD, String.valueOf(e.getMessage())));
                return;
            } catch (RejectedRecordException e) {
                rejected(new Rejection(place, e.reason(), String.valueOf(e.getMessage())));
                return;
            }
            documents++;
            if (spec.options().split().isPresent()) {
                waiting.add(document);
            } else {
                sink.document(document);
            }
        }

        void place() throws IOException {
            if (spec.options().split().isPresent()) {
                for (Document document : spec.options().split().get().of(waiting)) {
                    sink.document(document);
                }
            }
        }

        @Override
        public void rejected(Rejection rejection) throws IOException {
            rejected.merge(rejection.reason(), 1L, Long::sum);
            sink.rejected(rejection);
        }

        @Override
        public boolean isOpen() {
            return documents < spec.options().mostDocuments();
        }
    }
}
