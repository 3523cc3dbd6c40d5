package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.Document;
import io.retort.eval.controls.AnswerCounts;
import io.retort.eval.controls.UnigramByteModel;
import io.retort.inference.digests.Sha256;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the floors and the overlap check need of the train split: a mergeable state, the same whatever the grouping. Not
 * thread-safe.
 */
final class TrainSplitCounts implements Serializable {
    private static final long serialVersionUID = 1;

    private final AnswerCounts answers = new AnswerCounts();
    private final Map<String, UnigramByteModel> bytes = new TreeMap<>();
    private final Map<String, TreeSet<String>> shared = new TreeMap<>();

    /** Adds a document; prompts among {@code tested}, see {@link #promptKey}, are remembered. */
    void update(Document document, Set<String> tested) {
        answers.update(document);
        bytes.computeIfAbsent(document.domain(), domain -> new UnigramByteModel())
                .update(document.text());
        String key = promptKey(document);
        if (tested.contains(key)) {
            shared.computeIfAbsent(document.domain(), domain -> new TreeSet<>()).add(key);
        }
    }

    void merge(TrainSplitCounts other) {
        answers.merge(other.answers);
        other.bytes.forEach((domain, model) ->
                bytes.computeIfAbsent(domain, d -> new UnigramByteModel()).merge(model));
        other.shared.forEach((domain, keys) ->
                shared.computeIfAbsent(domain, d -> new TreeSet<>()).addAll(keys));
    }

    AnswerCounts answers() {
        return answers;
    }

    /** The byte frequencies of a domain. */
    UnigramByteModel bytes(String domain) {
        return bytes.getOrDefault(domain, new UnigramByteModel());
    }

    /** How many different test prompts of a domain stand in its train split. */
    long shared(String domain) {
        return shared.getOrDefault(domain, new TreeSet<>()).size();
    }

    /** What stands for a document's prompt (its text, where it has no prompt) within its domain. */
    static String promptKey(Document document) {
        String prompt = document.prompt().isEmpty() ? document.answer() : document.prompt();
        byte[] key = (document.domain() + "\n" + prompt).getBytes(StandardCharsets.UTF_8);
        return Sha256.hex(key).substring(0, 32);
    }
}
