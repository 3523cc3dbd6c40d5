package io.retort.jobs.sessions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many tasks a Spark master runs at once, as far as its name tells. */
public final class LocalMaster {
    private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+)(?:,.*)?]");
    private static final Pattern CLUSTER = Pattern.compile("local-cluster\\[(\\d+),(\\d+),.*]");

    private LocalMaster() {}

    /** The number of tasks of a local master; for a cluster that of this machine's processors, on which plans are made. */
    public static int tasks(String master) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (master.equals(SparkSessions.AUTO)) {
            return Parallelism.ofMachine().tasks();
        }
        Matcher local = LOCAL.matcher(master);
        if (local.matches()) {
            return Math.max(1, Integer.parseInt(local.group(1)));
        }
        Matcher cluster = CLUSTER.matcher(master);
        if (cluster.matches()) {
            return Math.max(1, Integer.parseInt(cluster.group(1)) * Integer.parseInt(cluster.group(2)));
        }
        return master.equals("local") ? 1 : processors;
    }
}
