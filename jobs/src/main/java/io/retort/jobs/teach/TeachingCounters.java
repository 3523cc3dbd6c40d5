package io.retort.jobs.teach;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * What the teacher is asked for, as Spark's interface shows it while a stage runs. All attempts of tasks count, those
 * that were lost too: it is what is paid for, and may be more than the dataset's cost.
 */
record TeachingCounters(LongAccumulator tokens, LongAccumulator requests, DoubleAccumulator seconds)
        implements Serializable {
    static TeachingCounters of(SparkContext context) {
        return new TeachingCounters(
                context.longAccumulator("teacher tokens"),
                context.longAccumulator("teacher requests"),
                context.doubleAccumulator("teacher seconds"));
    }

    /** Adds a shard that this task has made. */
    void add(ShardResult result) {
        if (result.making() == ShardMaking.MADE) {
            tokens.add(result.cost().teacherTokens());
            requests.add(result.cost().requests());
            seconds.add(result.cost().phases().forward());
        }
    }
}
