package io.retort.eval.controls;

import io.retort.datasets.corpus.Document;
import java.io.Serializable;

/** A task of a domain. */
record TaskName(String domain, String task) implements Serializable {
    static TaskName of(Document document) {
        return new TaskName(document.domain(), document.task());
    }
}
