package io.retort.datasets.corpus;

import io.retort.datasets.corpus.CorpusManifest.TaskCount;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts documents and bytes by domain, split and task. Two tallies merge. Not safe for use by many threads. */
public final class TaskTally implements Serializable {
    private static final long serialVersionUID = 1L;

    private final HashMap<Key, Sums> sums = new HashMap<>();

    private record Key(String domain, Split split, String task) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private record Sums(long documents, long promptBytes, long answerBytes) implements Serializable {
        private static final long serialVersionUID = 1L;

        Sums plus(Sums other) {
            return new Sums(
                    documents + other.documents, promptBytes + other.promptBytes, answerBytes + other.answerBytes);
        }
    }

    /** Counts a document. */
    public void add(Document document) {
        long promptBytes = document.prompt().getBytes(StandardCharsets.UTF_8).length;
        long answerBytes = document.answer().getBytes(StandardCharsets.UTF_8).length;
        sums.merge(
                new Key(document.domain(), document.split(), document.task()),
                new Sums(1, promptBytes, answerBytes),
                Sums::plus);
    }

    /** Adds what was counted before. */
    public void add(TaskCount count) {
        sums.merge(
                new Key(count.domain(), count.split(), count.task()),
                new Sums(count.documents(), count.promptBytes(), count.answerBytes()),
                Sums::plus);
    }

    /** Adds what another tally counted. */
    public void merge(TaskTally other) {
        other.sums.forEach((key, more) -> sums.merge(key, more, Sums::plus));
    }

    /** The counts by domain, split and task, sorted so. */
    public List<TaskCount> counts() {
        return sums.entrySet().stream()
                .map(TaskTally::count)
                .sorted(Comparator.comparing(TaskCount::domain)
                        .thenComparing(TaskCount::split)
                        .thenComparing(TaskCount::task))
                .toList();
    }

    private static TaskCount count(Map.Entry<Key, Sums> entry) {
        Key key = entry.getKey();
        Sums sums = entry.getValue();
        return new TaskCount(key.domain, key.split, key.task, sums.documents, sums.promptBytes, sums.answerBytes);
    }
}
