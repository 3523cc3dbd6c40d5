package io.retort.jobs.tasks;

import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.tasks.TaskDefinition;
import io.retort.jobs.Spec;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.List;
import java.util.Map;

/**
 * Which tasks a model is to answer.
 *
 * @param limit documents of each task at the most; the harness' --limit
 */
public record TasksSpec(
        Workspace workspace,
        long seed,
        List<TaskFile> tasks,
        TaskSubject subject,
        long limit,
        BootstrapSettings bootstrap)
        implements Spec {
    /** Raised when equal specs give other figures than before. */
    private static final int VERSION = 1;

    public TasksSpec {
        tasks = List.copyOf(tasks);
        if (limit < 1) {
            throw new IllegalArgumentException("expected --limit of at least 1, found " + limit);
        }
    }

    /** The report's id: of the model, the tasks, their documents, the settings and the metrics' version. */
    public String reportId() {
        return ContentId.of(
                "task-report",
                Map.of(
                        "version",
                        VERSION,
                        "tasks",
                        tasks.stream()
                                .map(task -> List.of(task.yamlSha256(), task.dataSha256()))
                                .toList(),
                        "subject",
                        subject,
                        "limit",
                        limit,
                        "bootstrap",
                        bootstrap));
    }

    List<TaskDefinition> definitions() {
        return tasks.stream().map(TaskFile::definition).toList();
    }
}
