package io.retort.eval.controls;

import io.retort.datasets.corpus.Document;
import io.retort.eval.controls.MajorityAnswer.Floor;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mergeable counts that {@link MajorityAnswer} is fitted from: how often each answer of a task occurs in the train split.
 *
 * <p>Memory grows with the number of distinct answers; answers above 256 chars are left out, being no one's majority. The
 * order of documents and merges does not matter. Not thread-safe.
 */
public final class AnswerCounts implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_ANSWER = 256;

    private final HashMap<TaskName, TaskCounts> tasks = new HashMap<>();

    private static final class TaskCounts implements Serializable {
        private static final long serialVersionUID = 1;

        private final HashMap<String, Long> answers = new HashMap<>();
        /** Number of choices → documents with that many; documents without choices are left out. */
        private final TreeMap<Integer, Long> choices = new TreeMap<>();
    }

    /** Adds a document of the train split. */
    public void update(Document document) {
        if (!asks(document)) {
            return;
        }
        TaskCounts counts = tasks.computeIfAbsent(TaskName.of(document), task -> new TaskCounts());
        if (document.answer().length() <= LONGEST_ANSWER) {
            counts.answers.merge(document.answer(), 1L, Long::sum);
        }
        if (!document.choices().isEmpty()) {
            counts.choices.merge(document.choices().size(), 1L, Long::sum);
        }
    }

    /** Adds the documents of other counts. */
    public void merge(AnswerCounts other) {
        other.tasks.forEach((task, counts) -> {
            TaskCounts mine = tasks.computeIfAbsent(task, t -> new TaskCounts());
            counts.answers.forEach((answer, count) -> mine.answers.merge(answer, count, Long::sum));
            counts.choices.forEach((size, count) -> mine.choices.merge(size, count, Long::sum));
        });
    }

    public MajorityAnswer fit() {
        Map<TaskName, Floor> floors = new HashMap<>();
        tasks.forEach((task, counts) -> floors.put(task, floor(counts)));
        return new MajorityAnswer(floors);
    }

    /** Free text asks nothing. */
    static boolean asks(Document document) {
        return !document.prompt().isEmpty() || !document.choices().isEmpty();
    }

    /** Of equally frequent answers the first in the order of strings. */
    private static Floor floor(TaskCounts counts) {
        Map.Entry<String, Long> most = counts.answers.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElse(Map.entry("", 0L));
        double guessed = 0;
        for (Map.Entry<Integer, Long> size : counts.choices.entrySet()) {
            guessed += (double) size.getValue() / size.getKey();
        }
        return new Floor(most.getKey(), guessed > most.getValue());
    }
}
