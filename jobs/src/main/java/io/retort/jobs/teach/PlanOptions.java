package io.retort.jobs.teach;

import com.typesafe.config.Config;
import io.retort.jobs.sessions.LocalMaster;
import io.retort.jobs.sessions.Slices;
import java.time.Duration;

/**
 * How to find out what teaching will cost. Nothing that is made depends on it.
 *
 * @param planTime how long {@code --plan} measures
 * @param runTime how long a run measures before it begins
 * @param pricePerMillionTokens what a million tokens cost, in any currency; 0 for a teacher of one's own
 * @param tasks how many tasks will run at once
 * @param slices into how many slices the work will be cut
 */
public record PlanOptions(Duration planTime, Duration runTime, double pricePerMillionTokens, int tasks, Slices slices) {
    public PlanOptions {
        if (planTime.isNegative() || runTime.isNegative()) {
            throw new IllegalArgumentException(
                    "expected retort.teach.plan-seconds and retort.teach.sample-seconds from 0, found "
                            + planTime.toMillis() / 1000.0 + " and " + runTime.toMillis() / 1000.0);
        }
        if (!(pricePerMillionTokens >= 0) || Double.isInfinite(pricePerMillionTokens)) {
            throw new IllegalArgumentException(
                    "expected retort.teach.price-per-million-tokens from 0, found " + pricePerMillionTokens);
        }
        if (tasks < 1) {
            throw new IllegalArgumentException("expected at least one task, found " + tasks);
        }
    }

    /** What tokens cost, in the currency of the price. */
    public static double money(double tokens, double pricePerMillionTokens) {
        return tokens * pricePerMillionTokens / 1e6;
    }

    static PlanOptions of(Config config) {
        return new PlanOptions(
                seconds(config.getDouble("teach.plan-seconds")),
                seconds(config.getDouble("teach.sample-seconds")),
                config.getDouble("teach.price-per-million-tokens"),
                LocalMaster.tasks(System.getProperty("spark.master", config.getString("spark.master"))),
                new Slices(config.getInt("spark.slices")));
    }

    private static Duration seconds(double value) {
        return Duration.ofMillis(Math.round(value * 1000));
    }
}
