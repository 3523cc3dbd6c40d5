package io.retort.jobs.walk;

import io.retort.jobs.environments.FreePort;
import io.retort.jobs.environments.PythonEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Spark's own cluster on loopback, from a stock Spark: a master and workers of one core, each a process. */
final class StandaloneCluster implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Path spark;
    private final Path directory;
    private final int port;
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> workers = new ArrayList<>();
    private int drivers;

    /** Starts a cluster; the test is left out where there is no Python to install Spark by. */
    StandaloneCluster(Path directory, int workers) throws Exception {
        this.spark = PythonEnvironment.of("spark").sparkHome();
        this.directory = directory;
        this.port = FreePort.next();
        processes.add(start(
                "master",
                "spark-class",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--webui-port",
                Integer.toString(FreePort.next())));
        try {
            for (int worker = 0; worker < workers; worker++) {
                addWorker();
            }
            awaitWorkers();
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    /** Starts one more worker, and does not wait for it. */
    void addWorker() throws IOException {
        int worker = this.workers.size();
        Process process = start(
                "worker-" + worker,
                "spark-class",
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--webui-port",
                Integer.toString(FreePort.next()),
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                directory.resolve("work-" + worker).toString(),
                master());
        processes.add(process);
        this.workers.add(process);
    }

    /** Waits until all workers that were started, but those that are dead, have found the master. */
    void awaitWorkers() throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        for (int worker = 0; worker < workers.size(); worker++) {
            while (workers.get(worker).isAlive()
                    && !log("worker-" + worker).contains("Successfully registered with master")) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "expected a worker that registers, found " + log("worker-" + worker));
                }
                Thread.sleep(100);
            }
        }
    }

    /** Kills the process of the first worker that is alive, and no other: its executors find out by themselves. */
    void killWorker() throws InterruptedException {
        Process worker = workers.stream().filter(Process::isAlive).findFirst().orElseThrow();
        worker.destroyForcibly().waitFor();
    }

    private String master() {
        return "spark://127.0.0.1:" + port;
    }

    /** Submits a job's class of the jobs jar with its words. */
    Process submit(String mainClass, List<String> words) throws IOException {
        return submit(mainClass, words, List.of());
    }

    /**
     * Submits a job's class of the jobs jar.
     *
     * @param options of spark-submit, which win over those for all
     */
    Process submit(String mainClass, List<String> words, List<String> options) throws IOException {
        Path jar;
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            jar = files.filter(file -> file.getFileName().toString().matches("retort-jobs-.*[0-9T]\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> all = new ArrayList<>(List.of(
                "--master",
                master(),
                "--driver-memory",
                "1g",
                "--conf",
                "spark.executor.memory=900m",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                // An executor that is killed counts as a failure of its task.
                "--conf",
                "spark.task.maxFailures=100"));
        all.addAll(options);
        all.addAll(List.of("--class", mainClass, jar.toAbsolutePath().toString()));
        all.addAll(words);
        drivers++;
        Process driver = start(driverLog(), "spark-submit", all.toArray(new String[0]));
        processes.add(driver);
        return driver;
    }

    private Process start(String log, String script, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(spark.resolve("bin").resolve(script).toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", spark.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SPARK_MASTER_OPTS", "-Dspark.deploy.maxExecutorRetries=-1");
        builder.directory(new File("."));
        builder.redirectOutput(directory.resolve(log + ".log").toFile());
        return builder.start();
    }

    private String log(String name) throws IOException {
        Path file = directory.resolve(name + ".log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** What the driver that was submitted last printed. */
    String lastDriver() throws IOException {
        return log(driverLog());
    }

    private String driverLog() {
        return "driver-" + drivers;
    }

    /** Lines of all executors' logs, of those that were killed too, that say something. */
    List<String> executorLines(String words) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(f -> f.getFileName().toString().equals("stderr"))
                    .toList()) {
                try (Stream<String> all = Files.lines(file)) {
                    all.filter(line -> line.contains(words)).forEach(lines::add);
                }
            }
        }
        return lines;
    }

    /** The executors that run now. */
    List<ProcessHandle> executors() {
        return processes.stream()
                .flatMap(Process::descendants)
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .toList();
    }

    @Override
    public void close() {
        processes.stream().flatMap(Process::descendants).forEach(ProcessHandle::destroyForcibly);
        processes.forEach(Process::destroyForcibly);
    }
}
