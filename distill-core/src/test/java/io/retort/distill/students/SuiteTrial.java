package io.retort.distill.students;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suite;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.students.StudentScoring;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Documents of a suite to train a student on without a teacher, and how many of its validation prompts the student answers: test prompts choose nothing. */
record SuiteTrial(Suite suite, long seed) {

    /** So many answered of so many. */
    record Count(int right, int asked) {
        Count plus(boolean correct) {
            return new Count(right + (correct ? 1 : 0), asked + 1);
        }
    }

    /** The first training documents. */
    List<TrainingDocument> train(int count) {
        return draw(Split.TRAIN, count).stream()
                .map(document -> TrainingDocument.of(bytes(document.text()), bytes(document.prompt()).length))
                .toList();
    }

    /**
     * Asks the first validation prompts.
     *
     * @param maxSymbols of prompt and answer
     * @param maxBytes of an answer
     * @return by task, and under "all"
     */
    SortedMap<String, Count> ask(TrainedStudent trained, int prompts, int maxSymbols, int maxBytes) {
        List<Document> asked = draw(Split.VALIDATION, prompts);
        List<Generation> answers = new StudentScoring("trial", trained.student(), maxSymbols)
                .generate(
                        asked.stream().map(document -> bytes(document.prompt())).toList(),
                        new GenerationLimits(maxBytes));
        SortedMap<String, Count> counts = new TreeMap<>();
        for (int i = 0; i < asked.size(); i++) {
            Document document = asked.get(i);
            String answer = new String(answers.get(i).bytes(), StandardCharsets.UTF_8);
            boolean correct = suite.checker().check(document, answer).correct();
            for (String task : List.of("all", document.task())) {
                counts.merge(task, new Count(0, 0).plus(correct), (before, one) -> before.plus(correct));
            }
        }
        return counts;
    }

    /** In the order of their numbers; of the validation split only those that ask something. */
    private List<Document> draw(Split split, int count) {
        List<Document> documents = new ArrayList<>();
        for (long index = 0; documents.size() < count; index++) {
            Document document = suite.document(seed, index);
            if (document.split() == split
                    && (split == Split.TRAIN || !document.prompt().isEmpty())) {
                documents.add(document);
            }
        }
        return documents;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
