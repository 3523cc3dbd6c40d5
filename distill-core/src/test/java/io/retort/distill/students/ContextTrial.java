package io.retort.distill.students;

import io.retort.datasets.suites.ContextSuite;
import io.retort.distill.teachers.NativeEngine;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.StudentShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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
    private static final int MOST_SYMBOLS = 36_864;

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
            SuiteTrial trial = new SuiteTrial(ContextSuite.ofLength(Integer.parseInt(numbers[0]), to), SEED);
            train.addAll(trial.train(Integer.parseInt(numbers[2])));
        }
        int window = longest + 2;
        TrainingPlan plan = new TrainingPlan(
                student,
                Objective.crossEntropy(),
                new PositionWeights(1, PROMPT_WEIGHT, 1),
                new TrainingPlan.Data(Integer.parseInt(args[4]), window),
                TrainingPlan.Optimisation.standard(),
                Integer.parseInt(args[3]),
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
            SuiteTrial trial = new SuiteTrial(ContextSuite.ofLength(bytes - bytes / 8, bytes), SEED);
            System.out.printf(
                    Locale.ROOT,
                    "%6d bytes: %s%n",
                    bytes,
                    fractions(trial.ask(trained, Integer.parseInt(args[7]), MOST_SYMBOLS, MOST_ANSWER_BYTES)));
        }
    }

    private static String fractions(Map<String, SuiteTrial.Count> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().right() + "/"
                        + entry.getValue().asked())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
