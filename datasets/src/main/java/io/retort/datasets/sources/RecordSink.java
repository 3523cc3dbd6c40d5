package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.corpus.Rejection;
import java.io.IOException;

/** Takes the records of a file as they are read. */
interface RecordSink {
    /**
     * Takes a record.
     *
     * @param place path and line
     */
    void record(String place, JsonNode record) throws IOException;

    /** Takes word of a record that could not be read. */
    void rejected(Rejection rejection) throws IOException;

    /** Whether more records are wanted. */
    boolean isOpen();
}
