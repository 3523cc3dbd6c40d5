package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.jobs.sessions.RunningTasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** One task fails while another is at work: the failure is there at once, the other task ends later. */
class RunningTasksIT {
    private static final long WORK_MILLIS = 1500;

    private static final CountDownLatch BEGUN = new CountDownLatch(1);
    private static final AtomicBoolean ENDED = new AtomicBoolean();

    @Test
    void waitsForTasksThatGoOnAfterAnothersFault() throws Exception {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());

        assertThatThrownBy(() -> context.parallelize(List.of(0, 1), 2)
                        .map(RunningTasksIT::work)
                        .collect())
                .isInstanceOf(SparkException.class);
        assertThat(ENDED).isFalse();
        RunningTasks.awaitNone(Duration.ofMillis(10));
        assertThat(ENDED).as("after less time than the task takes").isFalse();

        RunningTasks.awaitNone(Duration.ofSeconds(30));
        assertThat(ENDED).isTrue();
    }

    /** The second task does not heed the interruption by which Spark asks it to stop, as native code does not. */
    private static int work(int task) throws InterruptedException {
        if (task == 0) {
            BEGUN.await();
            throw new IllegalStateException("the fault of the test");
        }
        BEGUN.countDown();
        long end = System.nanoTime() + Duration.ofMillis(WORK_MILLIS).toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        ENDED.set(true);
        return task;
    }
}
