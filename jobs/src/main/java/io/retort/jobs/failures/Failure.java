package io.retort.jobs.failures;

import com.typesafe.config.ConfigException;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.UnwritableException;
import io.retort.distill.bundling.BundleConflictException;
import io.retort.distill.teachers.served.TeacherUnavailableException;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.files.InvalidKeyFileException;
import io.retort.inference.json.JsonException;
import io.retort.inference.tensors.SafetensorsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a user is told about something thrown: the one place where exceptions become exit codes.
 *
 * @param exitCode whose fault it was
 * @param line one line, without a line break
 */
public record Failure(ExitCode exitCode, String line) {
    private static final int LONGEST = 2000;
    /** What says that the input is at fault and not the world: the same command fails again. */
    private static final List<Class<? extends Throwable>> BAD_INPUT = List.of(
            IllegalArgumentException.class,
            ConfigException.class,
            InvalidDataException.class,
            ExpertFailedException.class,
            BundleException.class,
            InvalidKeyFileException.class,
            BundleConflictException.class,
            SafetensorsException.class,
            JsonException.class);

    /** Spark wraps what a task threw in exceptions of this package, often several deep. */
    private static final String SPARK = "org.apache.spark.";

    /** The failure that {@code thrown} stands for. The innermost telling cause speaks, since wrappers only say where. */
    public static Failure of(Throwable thrown) {
        Throwable telling = telling(thrown);
        if (telling instanceof InterruptedException
                || telling instanceof ClosedByInterruptException
                || (telling instanceof InterruptedIOException && !(telling instanceof SocketTimeoutException))) {
            return new Failure(ExitCode.INTERRUPTED, "interrupted; what was done is kept, run it again to go on");
        }
        if (telling instanceof GateFailedException) {
            return new Failure(ExitCode.GATE_FAILED, oneLine(telling.getMessage()));
        }
        if (telling instanceof NoSuchFileException || telling instanceof FileNotFoundException) {
            return new Failure(
                    ExitCode.BAD_INPUT, "expected a file, found nothing at " + oneLine(telling.getMessage()));
        }
        if (telling instanceof AccessDeniedException) {
            return new Failure(ExitCode.BAD_INPUT, "expected permission for " + oneLine(telling.getMessage()));
        }
        if (telling instanceof UnwritableException unwritable) {
            return unwritable(unwritable);
        }
        if (BAD_INPUT.stream().anyMatch(type -> type.isInstance(telling))) {
            return new Failure(ExitCode.BAD_INPUT, oneLine(telling.getMessage()));
        }
        if (telling instanceof OutOfMemoryError) {
            return new Failure(
                    ExitCode.FAULT,
                    "out of memory (" + oneLine(telling.getMessage())
                            + "); give more with RETORT_JAVA_OPTS=-Xmx4g or spark.driver.memory");
        }
        if (telling instanceof TeacherUnavailableException) {
            return new Failure(
                    ExitCode.FAULT,
                    oneLine(telling.getMessage()) + "; what was scored is kept, run it again when the server answers");
        }
        if (telling instanceof IOException || telling instanceof UncheckedIOException) {
            return new Failure(ExitCode.FAULT, name(telling) + oneLine(telling.getMessage()));
        }
        return new Failure(
                ExitCode.FAULT,
                "unexpected " + name(telling) + oneLine(telling.getMessage()) + "; --debug shows the stack trace");
    }

    private static Failure unwritable(UnwritableException thrown) {
        String line = oneLine(thrown.getMessage());
        return switch (thrown.obstacle()) {
            case DENIED -> new Failure(ExitCode.BAD_INPUT, "expected a place to write to: " + line);
            case FULL ->
                new Failure(
                        ExitCode.FAULT,
                        "out of space: " + line + "; what was done is kept, make room and run it again");
            case FAULT -> new Failure(ExitCode.FAULT, line);
        };
    }

    private static String name(Throwable thrown) {
        return thrown.getClass().getSimpleName() + ": ";
    }

    /** The first in the chain of causes that is not a mere wrapper; the outermost where all are. */
    private static Throwable telling(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable current = thrown;
        while (wraps(current) && seen.add(current)) {
            Throwable cause = current.getCause();
            if (cause == null) {
                return current;
            }
            current = cause;
        }
        return current;
    }

    private static boolean wraps(Throwable thrown) {
        String type = thrown.getClass().getName();
        return type.startsWith(SPARK)
                || thrown instanceof ExecutionException
                || thrown instanceof CompletionException
                || thrown instanceof UncheckedIOException
                || thrown instanceof ExceptionInInitializerError
                || type.equals(RuntimeException.class.getName());
    }

    /** A message as one line of bounded length. */
    public static String oneLine(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "no further word";
        }
        String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
