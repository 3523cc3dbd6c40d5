package io.retort.bench.evaluation;

import io.retort.bench.evaluation.StandaloneCluster.Binding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The same task over the same bundle by one executor of one core and by two, on a standalone cluster, by spark-submit, in
 * turn.
 */
final class ExecutorsBench {
    private static final int DOCUMENTS = 16_000;
    private static final int ROUNDS = 3;
    private static final int MOST_EXECUTORS = 2;

    private final Path bundle;
    private final Path directory;

    ExecutorsBench(Path bundle, Path directory) {
        this.bundle = bundle;
        this.directory = directory;
    }

    /** One run: its stage, and the whole of spark-submit. */
    private record Run(StageTime stage, double jobSeconds) {}

    /** Takes the numbers of documents and of rounds, and {@code unbound}. */
    void run(List<String> words) throws IOException, InterruptedException {
        int documents = words.isEmpty() ? DOCUMENTS : Integer.parseInt(words.get(0));
        int rounds = words.size() < 2 ? ROUNDS : Integer.parseInt(words.get(1));
        Binding binding = words.contains("unbound") ? Binding.UNBOUND : Binding.BOUND;
        SumsTask.write(directory.resolve("tasks"), documents);
        System.out.println(documents + " documents, all experts, workers "
                + (binding == Binding.BOUND ? "bound to a processor each" : "free to use all processors"));
        List<List<Run>> runs = List.of(new ArrayList<>(), new ArrayList<>());
        try (StandaloneCluster cluster = StandaloneCluster.start(directory, MOST_EXECUTORS, binding)) {
            for (int round = 0; round < rounds; round++) {
                for (int executors = 1; executors <= MOST_EXECUTORS; executors++) {
                    Run run = run(cluster, executors, "round-" + round + "-" + executors);
                    runs.get(executors - 1).add(run);
                    print(executors, run);
                }
            }
        }
        print(runs);
    }

    private Run run(StandaloneCluster cluster, int executors, String name) throws IOException, InterruptedException {
        Path events = Files.createDirectory(directory.resolve(name + "-events"));
        long begun = System.nanoTime();
        cluster.submit(
                name,
                List.of(
                        "--conf",
                        "spark.executor.memory=1g",
                        "--conf",
                        "spark.executor.cores=1",
                        "--conf",
                        "spark.cores.max=" + executors,
                        "--conf",
                        "spark.eventLog.enabled=true",
                        "--conf",
                        "spark.eventLog.compress=false",
                        "--conf",
                        "spark.eventLog.dir=" + events.toUri(),
                        "--class",
                        "io.retort.jobs.tasks.TasksJob",
                        jar().toString(),
                        "--tasks",
                        directory.resolve("tasks").toString(),
                        "--bundle",
                        bundle.toString(),
                        "--contexts",
                        "read",
                        "--workspace",
                        directory.resolve(name).toString()));
        return new Run(StageTime.read(events), (System.nanoTime() - begun) / 1e9);
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("jobs/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("retort-jobs-.*[0-9T]\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("expected the jobs' jar in jobs/target, found none"))
                    .toAbsolutePath();
        }
    }

    private static void print(int executors, Run run) {
        System.out.println(String.format(
                Locale.ROOT,
                "%d executor(s): stage %6.1f s, job %6.1f s, tasks' processor time %6.1f s, first task of an executor %.2f s,"
                        + " others %.3f s, idle at the end %.2f s, load %.1f",
                executors,
                run.stage().seconds(),
                run.jobSeconds(),
                run.stage().processorSeconds(),
                run.stage().firstTasksSeconds(),
                run.stage().otherTasksSeconds(),
                run.stage().idleSeconds(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    }

    private static void print(List<List<Run>> runs) {
        double[] stage = new double[MOST_EXECUTORS];
        double[] job = new double[MOST_EXECUTORS];
        for (int i = 0; i < MOST_EXECUTORS; i++) {
            stage[i] = median(runs.get(i).stream()
                    .mapToDouble(run -> run.stage().seconds())
                    .toArray());
            job[i] = median(runs.get(i).stream().mapToDouble(Run::jobSeconds).toArray());
        }
        System.out.println(String.format(
                Locale.ROOT,
                "two executors, medians: stage %.2f times one (%.1f and %.1f s), whole job %.2f (%.1f and %.1f s)",
                stage[0] / stage[1],
                stage[0],
                stage[1],
                job[0] / job[1],
                job[0],
                job[1]));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
