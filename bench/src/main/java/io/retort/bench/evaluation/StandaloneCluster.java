package io.retort.bench.evaluation;

import io.retort.bench.PythonPrograms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A stock Spark's standalone master on loopback, and workers of one core each. Unless they are unbound, {@code taskset} binds
 * each to a processor of its own: an executor of one core then has one, as in a container, and neither its compiler nor its
 * collector borrow another's.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final long LONGEST_START_MILLIS = 120_000;
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Path spark;
    private final Path directory;
    private final String master;
    private final List<Process> processes = new ArrayList<>();

    private StandaloneCluster(Path spark, Path directory, String master) {
        this.spark = spark;
        this.directory = directory;
        this.master = master;
    }

    /** Starts all and waits until the workers are registered. */
    static StandaloneCluster start(Path directory, int workers, Binding binding)
            throws IOException, InterruptedException {
        int port = freePort();
        StandaloneCluster cluster =
                new StandaloneCluster(PythonPrograms.sparkHome(), directory, "spark://127.0.0.1:" + port);
        try {
            cluster.start(
                    "master",
                    List.of(
                            cluster.program("spark-class"),
                            "org.apache.spark.deploy.master.Master",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            String.valueOf(port),
                            "--webui-port",
                            String.valueOf(freePort())));
            for (int worker = 0; worker < workers; worker++) {
                cluster.startWorker(worker, binding);
            }
            for (int worker = 0; worker < workers; worker++) {
                cluster.awaitRegistered("worker-" + worker);
            }
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void startWorker(int worker, Binding binding) throws IOException {
        List<String> command = new ArrayList<>(binding.prefix(worker));
        command.addAll(List.of(
                program("spark-class"),
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--webui-port",
                String.valueOf(freePort()),
                "--cores",
                "1",
                "--memory",
                "2g",
                "--work-dir",
                directory.resolve("work-" + worker).toString(),
                master));
        start("worker-" + worker, command);
    }

    private void awaitRegistered(String worker) throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + LONGEST_START_MILLIS;
        Path log = directory.resolve(worker + ".log");
        while (!Files.readString(log).contains("Successfully registered with master")) {
            if (System.currentTimeMillis() > end) {
                throw new IOException("expected " + worker + " to register, found: " + Files.readString(log));
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private String program(String name) {
        return spark.resolve("bin").resolve(name).toString();
    }

    private Process start(String name, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME",
                        spark.toString(),
                        "SPARK_LOCAL_IP",
                        "127.0.0.1",
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Submits with options of spark-submit, a jar and its words, and waits until it succeeded. */
    void submit(String name, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program("spark-submit"),
                "--master",
                master,
                "--driver-memory",
                "1g",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false"));
        command.addAll(words);
        if (start(name, command).waitFor() != 0) {
            throw new IOException(
                    "expected spark-submit to succeed, found: " + Files.readString(directory.resolve(name + ".log")));
        }
    }

    @Override
    public void close() {
        processes.stream().flatMap(Process::descendants).forEach(ProcessHandle::destroyForcibly);
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Whether workers share the machine's processors. */
    enum Binding {
        /** Each has one of its own. */
        BOUND,
        /** Each may use all. */
        UNBOUND;

        List<String> prefix(int worker) {
            return this == BOUND ? List.of("taskset", "-c", String.valueOf(worker)) : List.of();
        }
    }
}
