package io.retort.jobs.tasks;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.teachers.RefusedTextException;
import io.retort.eval.tasks.TaskDefinition;
import io.retort.eval.tasks.TaskEvaluation;
import io.retort.eval.tasks.TaskInstance;
import io.retort.eval.tasks.TaskOutcome;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** The Spark task that has a batch answered and writes its rows; it returns their file, or finds it there. */
record AnswerTask(
        StorageSettings storageSettings,
        Location report,
        Broadcast<ArrayList<TaskFile>> tasks,
        Broadcast<TaskSubject> subject)
        implements Function<TaskBatch, String> {
    @Override
    public String call(TaskBatch batch) throws IOException {
        Storage storage = storageSettings.open();
        TaskDefinition task = tasks.value().get(batch.task()).definition();
        Location file = report.resolve("samples")
                .resolve("task=" + task.name() + "/part-" + String.format(Locale.ROOT, "%05d", batch.number())
                        + ".parquet");
        if (!storage.exists(file)) {
            TaskEvaluation evaluation = new TaskEvaluation(task, subject.value().open());
            TaskOutcomeFile.write(storage, file, answered(evaluation, task.name(), batch));
        }
        return file.value();
    }

    private static List<TaskOutcome> answered(TaskEvaluation evaluation, String task, TaskBatch batch) {
        try {
            return evaluation.evaluate(batch.instances());
        } catch (RefusedTextException refused) {
            // Which of them? Each alone tells.
            for (TaskInstance instance : batch.instances()) {
                try {
                    evaluation.evaluate(List.of(instance));
                } catch (RefusedTextException e) {
                    throw refusal(task + ", document " + instance.document(), e);
                }
            }
            throw refusal(task, refused);
        }
    }

    private static IllegalArgumentException refusal(String where, RefusedTextException words) {
        return new IllegalArgumentException(
                "task " + where + ": expected a text that the model answers, found " + words.getMessage(), words);
    }
}
