package io.retort.datasets.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.retort.datasets.corpus.CorpusManifest.RejectionCount;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts all rejected records and keeps the first of each source. Two logs merge; merged in the order of their sources'
 * files they are the log of all. Not safe for use by many threads.
 */
public final class RejectionLog implements Serializable {
    private static final long serialVersionUID = 1L;
    /** So many rejections a source are kept to be looked at; all are counted. */
    private static final int KEPT = 1000;

    private final TreeMap<String, TreeMap<RejectionReason, Long>> counts = new TreeMap<>();
    private final TreeMap<String, ArrayList<Rejection>> kept = new TreeMap<>();

    /** Adds a rejected record of a source. */
    public void add(String source, Rejection rejection) {
        counts.computeIfAbsent(source, name -> new TreeMap<>()).merge(rejection.reason(), 1L, Long::sum);
        keep(source, rejection);
    }

    /** Adds what another log has. */
    public void merge(RejectionLog other) {
        other.counts.forEach((source, reasons) -> reasons.forEach((reason, records) ->
                counts.computeIfAbsent(source, name -> new TreeMap<>()).merge(reason, records, Long::sum)));
        other.kept.forEach((source, rejections) -> rejections.forEach(rejection -> keep(source, rejection)));
    }

    /** How many records of which source were rejected for which reason, sorted so. */
    public List<RejectionCount> counts() {
        List<RejectionCount> all = new ArrayList<>();
        counts.forEach((source, reasons) ->
                reasons.forEach((reason, records) -> all.add(new RejectionCount(source, reason, records))));
        return all;
    }

    /** Writes the kept ones, a JSON object a line, as {@link CorpusLayout#REJECTED}; nothing if there are none. */
    public void write(Storage storage, Location corpus) throws IOException {
        JsonMapper json = new JsonMapper();
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, ArrayList<Rejection>> entry : kept.entrySet()) {
            for (Rejection rejection : entry.getValue()) {
                lines.append(line(json, entry.getKey(), rejection)).append('\n');
            }
        }
        if (lines.length() > 0) {
            storage.write(
                    corpus.resolve(CorpusLayout.REJECTED), lines.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String line(JsonMapper json, String source, Rejection rejection) {
        try {
            return json.writeValueAsString(json.createObjectNode()
                    .put("source", source)
                    .put("place", rejection.place())
                    .put("reason", rejection.reason().label())
                    .put("detail", rejection.detail()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected texts to be writable as JSON", e);
        }
    }

    private void keep(String source, Rejection rejection) {
        ArrayList<Rejection> rejections = kept.computeIfAbsent(source, name -> new ArrayList<>());
        if (rejections.size() < KEPT) {
            rejections.add(rejection);
        }
    }
}
