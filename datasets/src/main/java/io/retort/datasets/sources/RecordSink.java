package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.corpus.Rejection;
import java.io.IOException;

/** Takes the records of a file as they are read. */
interface RecordSink {
    /** No group: a record that stands for itself. */
    String ALONE = "";

    /**
     * Takes a record.
     *
     * @param place path and line
     * @param group what is shared by records of which none may be learnt from where another is asked; or {@link #ALONE}
     */
    void record(String place, JsonNode record, String group) throws IOException;

    /** Takes a record that stands for itself. */
    default void record(String place, JsonNode record) throws IOException {
        record(place, record, ALONE);
    }

    /** Takes word of a record that could not be read. */
    void rejected(Rejection rejection) throws IOException;

    /** Whether more records are wanted. */
    boolean isOpen();
}
