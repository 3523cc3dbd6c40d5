package io.retort.datasets.sources;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Rejection;
import java.io.IOException;

/** Takes what a source gives, in the order of its records. */
public interface DocumentSink {
    /** Takes a document. It may be one that came before: duplicates are the sink's affair. */
    void document(Document document) throws IOException;

    /** Takes word of a record that is no document. */
    void rejected(Rejection rejection) throws IOException;
}
