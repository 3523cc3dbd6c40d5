package io.retort.datasets.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;

/** A JSON object a line; blank lines are skipped. */
final class JsonLinesReader implements RecordReader {
    @Override
    public void read(Storage storage, Location file, RecordSink sink) throws IOException {
        try (BoundedLines lines = new BoundedLines(storage, file)) {
            while (sink.isOpen() && lines.next()) {
                try {
                    String line = lines.text();
                    if (!line.isBlank()) {
                        sink.record(lines.place(), object(line));
                    }
                } catch (RejectedRecordException e) {
                    sink.rejected(lines.rejection(e));
                }
            }
        }
    }

    private static JsonNode object(String line) throws RejectedRecordException {
        JsonNode node;
        try {
            node = JsonRecords.JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new RejectedRecordException(
                    RejectionReason.MALFORMED, "expected a JSON object, found: " + JsonRecords.fault(e));
        }
        if (!node.isObject()) {
            throw new RejectedRecordException(
                    RejectionReason.MALFORMED, "expected a JSON object, found " + node.getNodeType());
        }
        return node;
    }
}
