package io.retort.bench.training;

import io.retort.bench.PythonRival;
import io.retort.bench.Ratios;
import io.retort.bench.Rival;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import io.retort.distill.kernels.Kernels;
import io.retort.distill.students.DocumentSource;
import io.retort.distill.students.Objective;
import io.retort.distill.students.PositionWeights;
import io.retort.distill.students.StudentInitialisation;
import io.retort.distill.students.StudentTrainer;
import io.retort.distill.students.TrainedStudent;
import io.retort.distill.students.TrainingDocument;
import io.retort.distill.students.TrainingListener;
import io.retort.distill.students.TrainingPlan;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentConfigJson;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints symbols a second that students train at: against PyTorch on the same students, weights and documents, and of two
 * tasks against one. Both count processor time, since neighbours take wall time.
 */
public final class TrainingMain {
    private static final int ROUNDS = 9;
    private static final int STEPS = 40;
    private static final int WARM_UP = 400;
    private static final long SEED = 1729;
    private static final double NANOS = 1e9;
    private static final double MEBIBYTE = 1 << 20;
    /** Both sum float32 numbers in their own order. */
    private static final double SAME_WORK = 1e-4;

    private TrainingMain() {}

    /** A student and the documents that every update sees. */
    private record Task(String domain, StudentConfig student, List<TrainingDocument> documents) {
        int positions() {
            return documents.stream().mapToInt(TrainingDocument::positions).sum();
        }

        TrainedStudent train(int steps, TrainingListener listener) throws InterruptedException {
            TrainingPlan plan = new TrainingPlan(
                    student,
                    Objective.crossEntropy(),
                    new PositionWeights(1, 1, 1),
                    new TrainingPlan.Data(positions(), 4096),
                    TrainingPlan.Optimisation.standard(),
                    steps,
                    SEED);
            return new StudentTrainer(
                            plan,
                            DocumentSource.of(documents),
                            StudentTrainer.Validation.NONE,
                            StudentTrainer.Checkpoints.NONE,
                            System::nanoTime)
                    .train(listener);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.printf("kernels: %s%n%n", Kernels.best().description());
        System.out.println(
                "| student | documents | symbols a second, one thread | Retort / PyTorch | in the training step"
                        + " | memory of a task, MiB | two tasks / one |");
        System.out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        print(task("reasoning", 10_000, Positions.FORGET, 2048));
        print(task("math", 20_000, Positions.FORGET, 2048));
        print(task("context", 30_000, Positions.LOGARITHMIC, 8192));
        print(task("coding", 50_000, Positions.FORGET, 4096));
    }

    private static Task task(String domain, int parameters, Positions positions, int symbols) {
        Suite suite = Suites.named(domain);
        List<TrainingDocument> documents = new ArrayList<>();
        int sum = 0;
        for (long index = 0; sum < symbols; index++) {
            Document document = suite.document(SEED, index);
            if (document.split() == Split.TRAIN) {
                documents.add(TrainingDocument.of(document.text().getBytes(StandardCharsets.UTF_8), 0));
                sum += documents.get(documents.size() - 1).positions();
            }
        }
        return new Task(domain, StudentConfig.fitting(Alphabet.SIZE, parameters, positions), documents);
    }

    private static void print(Task task) throws IOException, InterruptedException {
        task.train(WARM_UP, TrainingListener.NONE);
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        double[] inSteps = new double[ROUNDS];
        try (PythonRival rival = new PythonRival("train_student.py", files(task))) {
            rival.round(Integer.toString(STEPS));
            for (int round = 0; round < ROUNDS; round++) {
                double[] first = new double[1];
                long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                TrainedStudent trained = task.train(STEPS, firstLoss(first));
                ours[round] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / NANOS;
                inSteps[round] = trained.stepSeconds() / trained.seconds();
                Rival.Round other = rival.round(Integer.toString(STEPS));
                theirs[round] = other.seconds();
                if (!(Math.abs(first[0] - other.result()) <= SAME_WORK * other.result())) {
                    throw new IllegalStateException(
                            "expected PyTorch's loss of " + other.result() + " at first, found " + first[0]);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s, %,d parameters | %d, %,d symbols | %,.0f | %s | %.1f%% | %.1f | %s |%n",
                    task.domain,
                    task.student.parameterCount(),
                    task.documents.size(),
                    task.positions(),
                    (double) STEPS * task.positions() / Ratios.median(ours),
                    Ratios.of(theirs, ours),
                    100 * Ratios.median(inSteps),
                    memory(task) / MEBIBYTE,
                    scaling(task));
        }
    }

    /** Live bytes of a training, its documents aside. */
    private static double memory(Task task) throws InterruptedException {
        long before = liveBytes();
        long[] during = new long[1];
        task.train(STEPS, new TrainingListener() {
            @Override
            public void progressed(Progress progress) {
                if (progress.step() == STEPS) {
                    during[0] = liveBytes();
                }
            }
        });
        return during[0] - before;
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static TrainingListener firstLoss(double[] first) {
        return new TrainingListener() {
            @Override
            public void progressed(Progress progress) {
                if (progress.step() == 1) {
                    first[0] = progress.loss();
                }
            }
        };
    }

    /** Config, first weights and documents, as the script reads them. */
    private static String[] files(Task task) throws IOException {
        Path directory = Files.createDirectories(Path.of("bench/target/training/" + task.domain));
        Path config = Files.write(
                directory.resolve("config.json"), JsonWriter.indented(StudentConfigJson.write(task.student)));
        Path weights = Files.write(
                directory.resolve("model.safetensors"),
                SafetensorsWriter.write(
                        StudentInitialisation.tensors(task.student, SEED).values(), StoredType.F32, Map.of()));
        Path documents = Files.write(
                directory.resolve("documents.txt"),
                task.documents.stream().map(TrainingMain::line).toList());
        return new String[] {config.toString(), weights.toString(), documents.toString()};
    }

    private static String line(TrainingDocument document) {
        return IntStream.concat(IntStream.of(document.symbols()), IntStream.of(Alphabet.END))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
    }

    /** By wall time, which says something only while the machine has two cores to spare. */
    private static Ratios scaling(Task task) throws InterruptedException {
        double[] one = new double[ROUNDS];
        double[] two = new double[ROUNDS];
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                one[round] = 2 * seconds(threads, task, 1);
                two[round] = seconds(threads, task, 2);
            }
        } finally {
            threads.shutdown();
        }
        return Ratios.of(one, two);
    }

    private static double seconds(ExecutorService threads, Task task, int copies) throws InterruptedException {
        long begun = System.nanoTime();
        List<Future<TrainedStudent>> trainings = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            trainings.add(threads.submit(() -> task.train(STEPS, TrainingListener.NONE)));
        }
        try {
            for (Future<TrainedStudent> training : trainings) {
                training.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("expected a training to end, found a fault", e.getCause());
        }
        return (System.nanoTime() - begun) / NANOS;
    }
}
