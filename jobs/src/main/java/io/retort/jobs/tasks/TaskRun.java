package io.retort.jobs.tasks;

import io.retort.distill.teachers.served.EndpointSettings;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.inference.scoring.ContextUse;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How tasks are run, whoever answers.
 *
 * @param limit documents of each task at the most
 */
public record TaskRun(Workspace workspace, long seed, long limit, BootstrapSettings bootstrap) {
    /**
     * Over a bundle.
     *
     * @param tasks a YAML file or a directory of them
     * @param expert that answers alone; empty for the routed ensemble
     */
    public TasksSpec ofBundle(Path tasks, Path bundle, Optional<String> expert, ContextUse use) throws IOException {
        return spec(TaskFile.below(tasks), TaskSubject.OfBundle.at(bundle, expert, use));
    }

    /** Over the teacher. */
    public TasksSpec ofTeacher(Path tasks, TeacherSource teacher) throws IOException {
        return spec(TaskFile.below(tasks), TaskSubject.OfTeacher.of(teacher));
    }

    /** Over a model behind HTTP. */
    public TasksSpec ofEndpoint(Path tasks, EndpointSettings endpoint) throws IOException {
        return spec(TaskFile.below(tasks), TaskSubject.OfEndpoint.at(endpoint));
    }

    private TasksSpec spec(List<TaskFile> tasks, TaskSubject subject) {
        return new TasksSpec(workspace, seed, tasks, subject, limit, bootstrap);
    }
}
