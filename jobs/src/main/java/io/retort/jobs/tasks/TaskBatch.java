package io.retort.jobs.tasks;

import io.retort.eval.tasks.TaskInstance;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Instances of a task that are answered together, in one Spark task.
 *
 * @param task its place in the run
 * @param number of the batch within the task
 */
record TaskBatch(int task, int number, ArrayList<TaskInstance> instances) implements Serializable {
    private static final int MOST_INSTANCES = 128;
    private static final int MOST_CHARS = 1 << 17;

    /** Cuts a task's instances by their number and their text alone, so that every run cuts alike. */
    static List<TaskBatch> of(int task, List<TaskInstance> instances) {
        List<TaskBatch> batches = new ArrayList<>();
        ArrayList<TaskInstance> open = new ArrayList<>();
        long chars = 0;
        for (TaskInstance instance : instances) {
            if (open.size() == MOST_INSTANCES || chars >= MOST_CHARS) {
                batches.add(new TaskBatch(task, batches.size(), open));
                open = new ArrayList<>();
                chars = 0;
            }
            open.add(instance);
            chars += instance.prompt().length();
            for (String continuation : instance.continuations()) {
                chars += continuation.length();
            }
        }
        batches.add(new TaskBatch(task, batches.size(), open));
        return batches;
    }
}
