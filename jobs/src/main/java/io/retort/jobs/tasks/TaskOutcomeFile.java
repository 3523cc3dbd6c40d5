package io.retort.jobs.tasks;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.RowFile;
import io.retort.datasets.storage.Storage;
import io.retort.eval.tasks.TaskMetric;
import io.retort.eval.tasks.TaskOutcome;
import io.retort.eval.tasks.TaskOutcome.Part;
import io.retort.eval.tasks.TaskOutcome.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * Rows of documents as Parquet: {@code doc_id}, {@code filter}, texts, {@code log_likelihoods} and {@code greedy} of the
 * continuations, and for each metric what the document adds, {@code <metric>} over {@code <metric>_units}.
 */
public final class TaskOutcomeFile {
    private static final String UNITS = "_units";
    private static final List<String> TEXTS = List.of("filter", "prompt", "target", "response", "filtered");
    private static final MessageType SCHEMA = schema();

    private TaskOutcomeFile() {}

    private static MessageType schema() {
        Types.MessageTypeBuilder builder = Types.buildMessage();
        builder.required(INT64).named("doc_id");
        for (String text : TEXTS) {
            builder.required(BINARY).as(stringType()).named(text);
        }
        builder.repeated(DOUBLE).named("log_likelihoods");
        builder.repeated(BOOLEAN).named("greedy");
        for (TaskMetric metric : TaskMetric.values()) {
            builder.optional(DOUBLE).named(metric.label());
            builder.optional(INT64).named(metric.label() + UNITS);
        }
        return builder.named("task_outcome");
    }

    static void write(Storage storage, Location file, List<TaskOutcome> outcomes) throws IOException {
        RowFile.write(
                storage,
                file,
                SCHEMA,
                outcomes.stream().map(TaskOutcomeFile::group).toList());
    }

    private static Group group(TaskOutcome outcome) {
        Group group = new SimpleGroup(SCHEMA);
        group.add("doc_id", outcome.document());
        group.add("filter", outcome.filter());
        group.add("prompt", outcome.prompt());
        group.add("target", outcome.target());
        group.add("response", outcome.response().written());
        group.add("filtered", outcome.response().filtered());
        outcome.logLikelihoods().forEach(value -> group.add("log_likelihoods", value.doubleValue()));
        outcome.greedy().forEach(value -> group.add("greedy", value.booleanValue()));
        outcome.metrics().forEach((metric, part) -> {
            group.add(metric.label(), part.top());
            group.add(metric.label() + UNITS, part.units());
        });
        return group;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidDataException if it holds anything else
     */
    public static List<TaskOutcome> read(Storage storage, Location file) throws IOException {
        return RowFile.read(storage, file, "expected outcomes of a task in " + file + ": ", TaskOutcomeFile::outcome);
    }

    private static TaskOutcome outcome(Group group) {
        List<Double> logLikelihoods = new ArrayList<>();
        for (int i = 0; i < group.getFieldRepetitionCount("log_likelihoods"); i++) {
            logLikelihoods.add(group.getDouble("log_likelihoods", i));
        }
        List<Boolean> greedy = new ArrayList<>();
        for (int i = 0; i < group.getFieldRepetitionCount("greedy"); i++) {
            greedy.add(group.getBoolean("greedy", i));
        }
        Map<TaskMetric, Part> metrics = new EnumMap<>(TaskMetric.class);
        for (TaskMetric metric : TaskMetric.values()) {
            if (group.getFieldRepetitionCount(metric.label()) > 0) {
                metrics.put(
                        metric, new Part(group.getDouble(metric.label(), 0), group.getLong(metric.label() + UNITS, 0)));
            }
        }
        return new TaskOutcome(
                group.getLong("doc_id", 0),
                group.getString("filter", 0),
                group.getString("prompt", 0),
                group.getString("target", 0),
                new Response(group.getString("response", 0), group.getString("filtered", 0)),
                logLikelihoods,
                greedy,
                metrics);
    }
}
