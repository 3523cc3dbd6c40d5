package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;
import java.util.List;

/**
 * An unlimited, seeded source of documents of one domain, and the judge of answers to them.
 *
 * <p>Documents are ASCII. A prompt is empty (free text) or ends with a newline; an answer is not empty, does not begin
 * with a newline and does not end with white space. Implementations are immutable and safe for use by many threads.
 */
public interface Suite {

    /** The domain that every document of this suite carries. */
    String domain();

    /** The names of the tasks among which documents are drawn. */
    List<String> tasks();

    /**
     * The document at a place of the stream that a seed opens.
     *
     * <p>A pure function: the same seed and index give the same document on every machine. The document may fall in
     * any split; who wants one split filters by {@link Document#split()}.
     *
     * @param index at least 0
     * @throws IllegalArgumentException if the index is negative
     */
    Document document(long seed, long index);

    /** The judge of answers to this suite's documents. */
    Checker checker();
}
