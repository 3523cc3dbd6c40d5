package io.retort.jobs.failures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
    static Stream<Arguments> thrown() {
        return Stream.of(
                Arguments.of(
                        new IllegalArgumentException("expected 1, found 2"), ExitCode.BAD_INPUT, "expected 1, found 2"),
                Arguments.of(new NoSuchFileException("/x/y"), ExitCode.BAD_INPUT, "/x/y"),
                Arguments.of(new UncheckedIOException(new NoSuchFileException("/x/z")), ExitCode.BAD_INPUT, "/x/z"),
                Arguments.of(new IOException("connection reset"), ExitCode.FAULT, "connection reset"),
                Arguments.of(new InterruptedException(), ExitCode.INTERRUPTED, "interrupted"),
                Arguments.of(new ClosedByInterruptException(), ExitCode.INTERRUPTED, "interrupted"),
                Arguments.of(new SocketTimeoutException("read timed out"), ExitCode.FAULT, "timed out"),
                Arguments.of(new StackOverflowError(), ExitCode.FAULT, "StackOverflowError"),
                Arguments.of(new GateFailedException("retention.math"), ExitCode.GATE_FAILED, "retention.math"),
                Arguments.of(new OutOfMemoryError("Java heap space"), ExitCode.FAULT, "RETORT_JAVA_OPTS"),
                Arguments.of(new NullPointerException(), ExitCode.FAULT, "NullPointerException"));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void theKindOfWhatWasThrownDecidesTheExitCode(Throwable thrown, ExitCode code, String words) {
        Failure failure = Failure.of(thrown);

        assertThat(failure.exitCode()).isEqualTo(code);
        assertThat(failure.line()).contains(words);
    }

    @Test
    void whatATaskThrewSpeaksAndNotItsWrappers() {
        IllegalArgumentException cause = new IllegalArgumentException("expected UTF-8");
        Throwable wrapped = new ExecutionException(new SparkException("Job aborted", new RuntimeException(cause)));

        assertThat(Failure.of(wrapped)).isEqualTo(new Failure(ExitCode.BAD_INPUT, "expected UTF-8"));
    }

    @Test
    void aMessageOfManyLinesBecomesOneLine() {
        Failure failure = Failure.of(new IllegalArgumentException("one\n  two\r\n\tthree" + "x".repeat(5000)));

        assertThat(failure.line())
                .startsWith("one two three")
                .doesNotContain("\n")
                .hasSizeLessThan(2100);
    }

    @Test
    void aChainOfCausesThatBitesItsTailEnds() {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(Failure.of(first).exitCode()).isEqualTo(ExitCode.FAULT);
    }
}
