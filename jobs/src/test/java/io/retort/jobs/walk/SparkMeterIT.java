package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.jobs.sessions.SparkMeter;
import io.retort.jobs.sessions.SparkWork;
import io.retort.jobs.workspaces.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class SparkMeterIT {
    @Test
    void countsTheTasksOfTheSessionItGaveAndNoOthers() {
        SharedSpark.session();
        try (SparkMeter meter = new SparkMeter(SharedSpark::session);
                SparkMeter unused = new SparkMeter(SharedSpark::session)) {
            JavaSparkContext context =
                    JavaSparkContext.fromSparkContext(meter.get().sparkContext());
            LongAccumulator seen = context.sc().longAccumulator("seen numbers");
            context.parallelize(List.of(4, 5), 1).foreach(seen::add);
            // Three tasks write for two others: with the one above six in three stages.
            assertThat(context.parallelize(List.of(1, 2, 3, 1, 2, 3), 3)
                            .distinct(2)
                            .count())
                    .isEqualTo(3);

            SparkWork work = meter.work().orElseThrow();

            assertThat(work.tasks()).isEqualTo(6);
            assertThat(work.stages()).isEqualTo(3);
            assertThat(work.failedTasks()).isZero();
            assertThat(work.executorsLost()).isZero();
            assertThat(work.shuffleBytes()).isPositive();
            assertThat(work.processorSeconds()).isPositive().isLessThanOrEqualTo(work.taskSeconds());
            assertThat(work.counters()).containsExactly(Map.entry("seen numbers", 9.0));
            assertThat(unused.work()).isEmpty();
        }
    }

    @Test
    void whatARecordSaysIsReadBackAndOfOlderOnesWhatTheyHave() {
        TreeMap<String, Double> counters = new TreeMap<>(Map.of("a", 1.5));
        SparkWork work = new SparkWork(1, 2, 3, 4.5, 5.5, 6.5, 7.5, 8, 9, 10, 11, 12, counters);

        assertThat(SparkWork.of(Json.parse(Json.line(work), JsonNode.class))).isEqualTo(work);
        assertThat(SparkWork.of(Json.parse("{\"tasks\": 3}", JsonNode.class)).plus(work))
                .isEqualTo(new SparkWork(1, 5, 3, 4.5, 5.5, 6.5, 7.5, 8, 9, 10, 11, 12, counters));
    }
}
