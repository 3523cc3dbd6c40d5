package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;
import java.util.List;

/**
 * What a task draws: a document before it has a domain.
 *
 * @param task the task's name
 * @param prompt ends with a newline, or is empty for free text
 * @param answer the reference answer
 * @param choices empty, or the alternatives, the answer among them
 */
record Item(String task, String prompt, String answer, List<String> choices) {

    static Item of(String task, String prompt, String answer) {
        return new Item(task, prompt, answer, List.of());
    }

    Document in(String domain) {
        return Document.of(domain, task, prompt, answer, choices);
    }
}
