package io.retort.distill.students;

import io.retort.datasets.suites.Suites;
import io.retort.distill.teachers.NativeEngine;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentShape;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a student reaches on a suite without a teacher: trains on the answers of so many documents and prints the share of
 * 400 validation prompts answered right, by task. Arguments: suite, parameters, documents, steps, symbols a batch, weight of
 * a prompt, weight of free text and, if it is not recurrent-attention, the family; then how often the layers are run, and how many
 * there are.
 */
final class StudentTrial {
    private static final int TESTED = 400;
    private static final long SEED = 1729;

    private StudentTrial() {}

    public static void main(String[] args) throws InterruptedException {
        NativeEngine.prepare();
        SuiteTrial trial = new SuiteTrial(Suites.named(args[0]), SEED);
        int documents = Integer.parseInt(args[2]);
        int steps = Integer.parseInt(args[3]);
        String family = args.length > 7 ? args[7] : StudentConfig.FAMILY;
        StudentOptions given = StudentOptions.NONE;
        if (args.length > 8) {
            given = given.with("repeats", args[8]);
        }
        if (args.length > 9) {
            given = given.with("layers", args[9]);
        }
        boolean attends = TrainableFamilies.named(family).options().contains("positions");
        StudentOptions options = args[0].equals("context") && attends ? given.with("positions", "logarithmic") : given;
        StudentShape student = TrainableFamilies.fitting(family, Alphabet.SIZE, Integer.parseInt(args[1]), options);
        TrainingPlan plan = new TrainingPlan(
                student,
                Objective.crossEntropy(),
                new PositionWeights(1, Float.parseFloat(args[5]), Float.parseFloat(args[6])),
                new TrainingPlan.Data(Integer.parseInt(args[4]), 1024),
                TrainingPlan.Optimisation.standard(),
                steps,
                SEED);
        TrainedStudent trained = new StudentTrainer(
                        plan,
                        DocumentSource.of(trial.train(documents)),
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
                shares(trial.ask(trained, TESTED, 4096, 200)));
    }

    private static Map<String, String> shares(Map<String, SuiteTrial.Count> counts) {
        Map<String, String> shares = new TreeMap<>();
        counts.forEach((task, count) -> shares.put(
                task, String.format(Locale.ROOT, "%.3f of %d", (double) count.right() / count.asked(), count.asked())));
        return shares;
    }
}
