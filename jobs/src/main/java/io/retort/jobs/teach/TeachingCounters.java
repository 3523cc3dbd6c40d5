package io.retort.jobs.teach;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * What the teacher is asked for and what that costs, as Spark's interface shows it while a stage runs: of shards that were
 * finished by tasks that ended well. What a failed attempt read Spark drops, finished shards among it, so that it may be less
 * than what is paid for; the costs beside the shards know those.
 *
 * @param tokens that the teacher read, repeated context included
 * @param requests sequences that it was given
 * @param seconds of its forward passes
 * @param bytes of the shards that were written
 * @param cost of the tokens, in the currency of the price
 * @param pricePerMillionTokens 0 for a teacher of one's own, which shows no cost
 */
public record TeachingCounters(
        LongAccumulator tokens,
        LongAccumulator requests,
        DoubleAccumulator seconds,
        LongAccumulator bytes,
        DoubleAccumulator cost,
        double pricePerMillionTokens)
        implements Serializable {
    /** The names that Spark's interface and a run's events have. */
    public static final String TOKENS = "teacher tokens";

    public static final String REQUESTS = "teacher requests";
    public static final String SECONDS = "teacher seconds";
    public static final String BYTES = "logit bytes";
    public static final String COST = "teacher cost";

    static TeachingCounters of(SparkContext context, double pricePerMillionTokens) {
        return new TeachingCounters(
                context.longAccumulator(TOKENS),
                context.longAccumulator(REQUESTS),
                context.doubleAccumulator(SECONDS),
                context.longAccumulator(BYTES),
                context.doubleAccumulator(COST),
                pricePerMillionTokens);
    }

    /** Adds a shard that this task has made. */
    void add(ShardResult result) {
        if (result.making() == ShardMaking.MADE) {
            tokens.add(result.cost().teacherTokens());
            requests.add(result.cost().requests());
            seconds.add(result.cost().phases().forward());
            bytes.add(result.counts().fileBytes());
            if (pricePerMillionTokens > 0) { // Spark shows what something was added to, be it nothing
                cost.add(PlanOptions.money(result.cost().teacherTokens(), pricePerMillionTokens));
            }
        }
    }
}
