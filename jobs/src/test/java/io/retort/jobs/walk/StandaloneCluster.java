package io.retort.jobs.walk;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Spark's own cluster on loopback, from a stock Spark: a master and workers of one core, each a process. */
final class StandaloneCluster implements AutoCloseable {
    private static final String SPARK = "retort.spark";
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Path spark;
    private final Path directory;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    /** Starts a cluster; the test is left out where no Spark is given. */
    StandaloneCluster(Path directory, int workers) throws Exception {
        String given = System.getProperty(SPARK, "");
        Assumptions.assumeFalse(given.isEmpty(), "left out: no stock Spark in -D" + SPARK + " (bin/nightly gives one)");
        this.spark = Path.of(given);
        this.directory = directory;
        this.port = freePort();
        processes.add(start(
                "master",
                "spark-class",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--webui-port",
                Integer.toString(freePort())));
        for (int worker = 0; worker < workers; worker++) {
            processes.add(start(
                    "worker-" + worker,
                    "spark-class",
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "--webui-port",
                    Integer.toString(freePort()),
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    directory.resolve("work-" + worker).toString(),
                    master()));
        }
        long end = System.nanoTime() + LONGEST_START.toNanos();
        for (int worker = 0; worker < workers; worker++) {
            while (!log("worker-" + worker).contains("Successfully registered with master")) {
                if (System.nanoTime() > end) {
                    close();
                    throw new IllegalStateException(
                            "expected a worker that registers, found " + log("worker-" + worker));
                }
                Thread.sleep(100);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String master() {
        return "spark://127.0.0.1:" + port;
    }

    /** Submits a job's class of the jobs jar with its words. */
    Process submit(String mainClass, List<String> words) throws IOException {
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
                "spark.task.maxFailures=100",
                "--class",
                mainClass,
                jar.toAbsolutePath().toString()));
        all.addAll(words);
        Process driver = start("driver-" + processes.size(), "spark-submit", all.toArray(new String[0]));
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
        return log("driver-" + (processes.size() - 1));
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
