package io.retort.eval.outcomes;

import io.retort.datasets.corpus.Document;
import java.io.Serializable;

/** Which document an outcome is of. */
public record DocumentKey(String domain, String task, String documentId) implements Serializable {
    public DocumentKey {
        if (domain.isBlank() || task.isBlank() || documentId.isBlank()) {
            throw new IllegalArgumentException("expected domain, task and document id, found \"" + domain + "\", \""
                    + task + "\" and \"" + documentId + "\"");
        }
    }

    public static DocumentKey of(Document document) {
        return new DocumentKey(document.domain(), document.task(), document.id());
    }
}
