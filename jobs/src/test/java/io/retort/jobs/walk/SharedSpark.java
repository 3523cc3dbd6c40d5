package io.retort.jobs.walk;

import io.retort.jobs.sessions.SparkSessions;
import org.apache.spark.sql.SparkSession;

/** The one session of all tests of a process: commands find it and leave it alone. */
public final class SharedSpark {
    private static final SparkSessions SESSIONS = new SparkSessions("local[2]");

    private SharedSpark() {}

    public static SparkSession session() {
        return SESSIONS.get();
    }
}
