package io.retort.distill.students;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import io.retort.distill.teachers.NativeEngine;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentScoring;
import io.retort.inference.students.StudentShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a student reaches on a suite without a teacher: trains on the answers of so many documents and prints the share of
 * 400 test prompts answered right, by task. Arguments: suite, parameters, documents, steps, symbols a batch, weight of
 * a prompt, weight of free text and, if it is not recurrent-attention, the family.
 */
final class StudentTrial {
    private static final int TESTED = 400;
    private static final long SEED = 1729;

    private StudentTrial() {}

    public static void main(String[] args) throws InterruptedException {
        NativeEngine.prepare();
        Suite suite = Suites.named(args[0]);
        int documents = Integer.parseInt(args[2]);
        int steps = Integer.parseInt(args[3]);
        String family = args.length > 7 ? args[7] : StudentConfig.FAMILY;
        boolean attends = TrainableFamilies.named(family).options().contains("positions");
        StudentOptions options = args[0].equals("context") && attends
                ? StudentOptions.NONE.with("positions", "logarithmic")
                : StudentOptions.NONE;
        StudentShape student = TrainableFamilies.fitting(family, Alphabet.SIZE, Integer.parseInt(args[1]), options);
        TrainingPlan plan = new TrainingPlan(
                student,
                Objective.crossEntropy(),
                new PositionWeights(1, Float.parseFloat(args[5]), Float.parseFloat(args[6])),
                new TrainingPlan.Data(Integer.parseInt(args[4]), 1024),
                TrainingPlan.Optimisation.standard(),
                new TrainingPlan.Length.Steps(steps),
                SEED);
        List<TrainingDocument> train = new ArrayList<>();
        draw(suite, Split.TRAIN, documents).forEach(document -> train.add(trainable(document)));
        TrainedStudent trained = new StudentTrainer(
                        plan,
                        DocumentSource.of(train),
                        StudentTrainer.Validation.NONE,
                        StudentTrainer.Checkpoints.NONE,
                        System::nanoTime)
                .train(TrainingListener.NONE);
        System.out.printf(
                Locale.ROOT,
                "%s, %s: %d parameters, %d documents, %d steps of %s symbols, prompt %s, text %s, %.0f s, loss %.4f; right %s%n",
                args[0],
                family,
                student.parameterCount(),
                documents,
                steps,
                args[4],
                args[5],
                args[6],
                trained.seconds(),
                trained.trainingLoss(),
                right(suite, trained));
    }

    private static TrainingDocument trainable(Document document) {
        return TrainingDocument.of(
                document.text().getBytes(StandardCharsets.UTF_8),
                document.prompt().getBytes(StandardCharsets.UTF_8).length);
    }

    private static List<Document> draw(Suite suite, Split split, int count) {
        List<Document> documents = new ArrayList<>();
        for (long index = 0; documents.size() < count; index++) {
            Document document = suite.document(SEED, index);
            if (document.split() == split
                    && (split == Split.TRAIN || !document.prompt().isEmpty())) {
                documents.add(document);
            }
        }
        return documents;
    }

    private static Map<String, String> right(Suite suite, TrainedStudent trained) {
        List<Document> asked = draw(suite, Split.TEST, TESTED);
        List<Generation> answers = new StudentScoring("trial", trained.student(), 4096)
                .generate(
                        asked.stream()
                                .map(document -> document.prompt().getBytes(StandardCharsets.UTF_8))
                                .toList(),
                        new GenerationLimits(200));
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
        counts.forEach((task, count) ->
                shares.put(task, String.format(Locale.ROOT, "%.3f of %d", (double) count[0] / count[1], count[1])));
        return shares;
    }
}
