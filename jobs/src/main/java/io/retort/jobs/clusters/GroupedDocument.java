package io.retort.jobs.clusters;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import java.io.Serializable;
import java.util.List;

/**
 * A document on its way to the file of its group. There it has another id, for ids are made of the domain too.
 *
 * @param id in the whole corpus
 */
record GroupedDocument(String id, String task, String prompt, String answer, List<String> choices)
        implements Serializable {
    /** A file of documents. */
    record Key(String domain, Split split, int index) implements Serializable {}

    static GroupedDocument of(Document document) {
        return new GroupedDocument(
                document.id(), document.task(), document.prompt(), document.answer(), List.copyOf(document.choices()));
    }

    Document in(Key key) {
        String own = Document.of(key.domain(), task, prompt, answer, choices).id();
        return new Document(own, key.domain(), task, key.split(), prompt, answer, choices);
    }
}
