package io.retort.distill.students;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.ContextSuite;
import io.retort.distill.teachers.NativeEngine;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.students.StudentScoring;
import io.retort.inference.students.StudentShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a student of the suite context sees beyond the lengths that it was trained on: trains without a teacher on
 * documents of chosen lengths and prints the share of prompts answered right at each tested length, by task.
 * Arguments: family, positions, parameters, steps, symbols a batch, training lengths as {@code 128-400:8000,400-4096:500}
 * (bytes from and to, documents), tested lengths as {@code 256,1024}, prompts a length.
 */
final class ContextTrial {
    private static final long SEED = 1729;
    private static final float PROMPT_WEIGHT = 0.1f;
    private static final int MOST_ANSWER_BYTES = 32;

    private ContextTrial() {}

    public static void main(String[] args) throws InterruptedException {
        NativeEngine.prepare();
        StudentOptions options =
                args[1].equals("none") ? StudentOptions.NONE : StudentOptions.NONE.with("positions", args[1]);
        StudentShape student = TrainableFamilies.fitting(args[0], Alphabet.SIZE, Integer.parseInt(args[2]), options);
        List<TrainingDocument> train = new ArrayList<>();
        int longest = 0;
        for (String part : args[5].split(",")) {
            String[] numbers = part.split("[-:]");
            int to = Integer.parseInt(numbers[1]);
            longest = Math.max(longest, to);
            draw(ContextSuite.ofLength(Integer.parseInt(numbers[0]), to), Split.TRAIN, Integer.parseInt(numbers[2]))
                    .forEach(document -> train.add(trainable(document)));
        }
        int window = (longest / Window.STEP + 2) * Window.STEP;
        TrainingPlan plan = new TrainingPlan(
                student,
                Objective.crossEntropy(),
                new PositionWeights(1, PROMPT_WEIGHT, 1),
                new TrainingPlan.Data(Integer.parseInt(args[4]), window),
                TrainingPlan.Optimisation.standard(),
                new TrainingPlan.Length.Steps(Integer.parseInt(args[3])),
                SEED);
        TrainedStudent trained = new StudentTrainer(
                        plan,
                        DocumentSource.of(train),
                        StudentTrainer.Validation.NONE,
                        StudentTrainer.Checkpoints.NONE,
                        System::nanoTime)
                .train(TrainingListener.NONE);
        System.out.printf(
                Locale.ROOT,
                "%s: %d parameters, %.0f s, loss %.4f%n",
                String.join(" ", args),
                student.parameterCount(),
                trained.seconds(),
                trained.trainingLoss());
        for (String length : args[6].split(",")) {
            int bytes = Integer.parseInt(length);
            // From 7/8 of the length on: a range, since documents fall short of their length by less than an entry.
            ContextSuite suite = ContextSuite.ofLength(bytes - bytes / 8, bytes);
            System.out.printf(Locale.ROOT, "%6d bytes: %s%n", bytes, right(suite, trained, Integer.parseInt(args[7])));
        }
    }

    private static TrainingDocument trainable(Document document) {
        return TrainingDocument.of(
                document.text().getBytes(StandardCharsets.UTF_8),
                document.prompt().getBytes(StandardCharsets.UTF_8).length);
    }

    private static List<Document> draw(ContextSuite suite, Split split, int count) {
        List<Document> documents = new ArrayList<>();
        for (long index = 0; documents.size() < count; index++) {
            Document document = suite.document(SEED, index);
            if (document.split() == split) {
                documents.add(document);
            }
        }
        return documents;
    }

    private static Map<String, String> right(ContextSuite suite, TrainedStudent trained, int prompts) {
        List<Document> asked = draw(suite, Split.TEST, prompts);
        List<Generation> answers = new StudentScoring("trial", trained.student(), 36_864)
                .generate(
                        asked.stream()
                                .map(document -> document.prompt().getBytes(StandardCharsets.UTF_8))
                                .toList(),
                        new GenerationLimits(MOST_ANSWER_BYTES));
        Map<String, int[]> counts = new TreeMap<>();
        for (int i = 0; i < asked.size(); i++) {
            Document document = asked.get(i);
            String answer = new String(answers.get(i).bytes(), StandardCharsets.UTF_8);
            int correct = suite.checker().check(document, answer).correct() ? 1 : 0;
            for (String task : List.of("all", document.task())) {
                int[] count = counts.computeIfAbsent(task, name -> new int[2]);
                count[0] += correct;
                count[1]++;
            }
        }
        Map<String, String> shares = new TreeMap<>();
        counts.forEach((task, count) -> shares.put(task, count[0] + "/" + count[1]));
        return shares;
    }
}
