package io.retort.jobs.sessions;

import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Gives the session when it is first asked for, so that a command that finds all its work done starts no Spark. A
 * session that this object started is stopped by {@link #close}; one that was there is left alone.
 */
public final class SparkSessions implements Supplier<SparkSession>, AutoCloseable {
    /** Master setting that stands for {@code local[processors]}. */
    public static final String AUTO = "auto";

    /** The masters that Spark comes with. */
    private static final Pattern MASTER = Pattern.compile(
            "local|local\\[([1-9]\\d*|\\*)(\\s*,\\s*[1-9]\\d*)?]" + "|local-cluster\\[.+]|spark://.+|k8s://.+|yarn");
    /** What a local run needs and a cluster's administrator decides elsewhere. */
    private static final Map<String, String> LOCAL = Map.of(
            "spark.ui.enabled", "false",
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.sql.shuffle.partitions", "8",
            // Tasks run in the driver's process: one that runs out of memory would end it without a word.
            "spark.executor.killOnFatalError.depth", "0",
            "spark.log.structuredLogging.enabled", "false");
    /** What every run needs: the results of a task hold small statistics only, and tasks are long. */
    private static final Map<String, String> ALWAYS = Map.of(
            "spark.sql.session.timeZone", "UTC",
            "spark.sql.catalogImplementation", "in-memory",
            "spark.executorEnv.OMP_NUM_THREADS", "1");

    private final String master;
    private @Nullable SparkSession started;

    /** @param master a Spark master, or {@link #AUTO}; {@code spark.master} of spark-submit wins over both */
    public SparkSessions(String master) {
        this.master = master;
    }

    @Override
    public synchronized SparkSession get() {
        if (started != null) {
            return started;
        }
        scala.Option<SparkSession> active = SparkSession.getDefaultSession();
        if (active.isDefined() && !active.get().sparkContext().isStopped()) {
            return active.get();
        }
        started = SparkSession.builder().config(configuration(new SparkConf())).getOrCreate();
        return started;
    }

    /** Adds to what Spark's own properties say, and overrides none of it. */
    SparkConf configuration(SparkConf properties) {
        if (!properties.contains("spark.master")) {
            properties.setMaster(
                    master.equals(AUTO) ? "local[" + Parallelism.ofMachine().tasks() + "]" : master);
        }
        String chosen = properties.get("spark.master");
        if (!MASTER.matcher(chosen).matches()) {
            throw new IllegalArgumentException("expected auto, local, local[N], local[*], spark://HOST:PORT, k8s://… or"
                    + " yarn as spark.master, found " + chosen);
        }
        properties.setIfMissing("spark.app.name", "retort");
        if (chosen.startsWith("local")) {
            LOCAL.forEach(properties::setIfMissing);
        }
        ALWAYS.forEach(properties::setIfMissing);
        return properties;
    }

    /** Cancels what runs in the session, if there is one. Does not wait; for any thread. */
    public void cancel() {
        scala.Option<SparkSession> active = SparkSession.getDefaultSession();
        if (active.isDefined() && !active.get().sparkContext().isStopped()) {
            active.get().sparkContext().cancelAllJobs();
        }
    }

    @Override
    public synchronized void close() {
        if (started != null) {
            started.stop();
            started = null;
        }
    }
}
