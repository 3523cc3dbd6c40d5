package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.sessions.SparkMeter;
import io.retort.jobs.sessions.SparkWork;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class SparkMeterIT {
    @Test
    void countsTheTasksOfTheSessionItGaveAndNoOthers() {
        SharedSpark.session();
        try (SparkMeter meter = new SparkMeter(SharedSpark::session);
                SparkMeter unused = new SparkMeter(SharedSpark::session)) {
            JavaSparkContext context =
                    JavaSparkContext.fromSparkContext(meter.get().sparkContext());
            // Three tasks write for two others: five in two stages.
            assertThat(context.parallelize(List.of(1, 2, 3, 1, 2, 3), 3)
                            .distinct(2)
                            .count())
                    .isEqualTo(3);

            SparkWork work = meter.work().orElseThrow();

            assertThat(work.tasks()).isEqualTo(5);
            assertThat(work.stages()).isEqualTo(2);
            assertThat(work.failedTasks()).isZero();
            assertThat(work.executorsLost()).isZero();
            assertThat(work.shuffleBytes()).isPositive();
            assertThat(unused.work()).isEmpty();
        }
    }
}
