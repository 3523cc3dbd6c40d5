package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.retort.jobs.failures.ExitCode;
import io.retort.jobs.failures.Failure;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.Test;

/** What ends a thread of a task does not end the process: it becomes one line. */
class FatalErrorIT {
    private static Failure failure(Function<Integer, Integer> task) {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        return Failure.of(
                catchThrowable(() -> spark.parallelize(List.of(1), 1).map(task).collect()));
    }

    @Test
    void aTaskThatRunsOutOfMemoryIsAFaultThatSaysWhatToDo() {
        Failure failure = failure(value -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAULT);
        assertThat(failure.line()).contains("out of memory", "RETORT_JAVA_OPTS");
    }

    @Test
    void aTaskThatRunsOutOfStackIsAFaultThatIsNamed() {
        Failure failure = failure(FatalErrorIT::endless);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAULT);
        assertThat(failure.line()).contains("StackOverflowError");
    }

    @SuppressWarnings("InfiniteRecursion") // That is what it is for.
    private static int endless(int value) {
        return 1 + endless(value + 1);
    }
}
