package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Rejection;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The records of a second file by their keys, all in memory. */
final class Partners {
    private static final int MOST_RECORDS = 1_000_000;

    private final Join join;
    private final FieldPath key;
    private final Map<String, JsonNode> byKey = new HashMap<>();

    private Partners(Join join) {
        this.join = join;
        key = FieldPath.parse(join.key());
    }

    /**
     * Reads the second file.
     *
     * @throws InvalidDataException if one of its records cannot be read, lacks its key or has another's
     */
    static Partners read(Storage storage, Join join, RecordReader reader) throws IOException {
        Partners partners = new Partners(join);
        FieldPath partnerKey = FieldPath.parse(join.partnerKey());
        reader.read(storage, join.path(), new RecordSink() {
            @Override
            public void record(String place, JsonNode record, String group) {
                partners.add(place, partnerKey, record);
            }

            @Override
            public void rejected(Rejection rejection) {
                throw new InvalidDataException(rejection.detail() + " at " + rejection.place());
            }

            @Override
            public boolean isOpen() {
                return true;
            }
        });
        return partners;
    }

    private void add(String place, FieldPath partnerKey, JsonNode record) {
        try {
            String value = partnerKey.in(record).asText();
            if (byKey.put(value, record) != null) {
                throw new InvalidDataException(
                        "expected every key once, found " + partnerKey + " \"" + value + "\" again at " + place);
            }
        } catch (MissingFieldException e) {
            throw new InvalidDataException(e.getMessage() + " at " + place, e);
        }
        if (byKey.size() > MOST_RECORDS) {
            throw new InvalidDataException(
                    "expected at most " + MOST_RECORDS + " records to join, found more in " + join.path());
        }
    }

    /** The record with its partner under the join's name. */
    JsonNode joined(JsonNode record) throws MissingFieldException, RejectedRecordException {
        String value = key.in(record).asText();
        JsonNode partner = byKey.get(value);
        if (partner == null) {
            throw new RejectedRecordException(
                    RejectionReason.NO_PARTNER,
                    "expected a record with " + join.partnerKey() + " \"" + value + "\" in " + join.path());
        }
        if (record.has(join.name())) {
            throw new InvalidDataException("expected records without a field " + join.name()
                    + ", which is to hold the joined record, found one");
        }
        ObjectNode both = ((ObjectNode) record).deepCopy();
        both.set(join.name(), partner);
        return both;
    }
}
