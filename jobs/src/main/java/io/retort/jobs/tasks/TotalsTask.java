package io.retort.jobs.tasks;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.tasks.TaskOutcome;
import io.retort.eval.tasks.TaskTotals;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The Spark task that adds up rows by task: what it returns are totals alone. */
record TotalsTask(StorageSettings storageSettings, BootstrapSettings bootstrap)
        implements FlatMapFunction<Iterator<String>, TreeMap<String, TaskTotals>> {
    @Override
    public Iterator<TreeMap<String, TaskTotals>> call(Iterator<String> files) throws IOException {
        Storage storage = storageSettings.open();
        TreeMap<String, TaskTotals> totals = new TreeMap<>();
        while (files.hasNext()) {
            Location file = new Location(files.next());
            String task = task(file.value());
            TaskTotals into = totals.computeIfAbsent(task, name -> new TaskTotals(name, bootstrap));
            for (TaskOutcome outcome : TaskOutcomeFile.read(storage, file)) {
                into.update(outcome);
            }
        }
        return List.of(totals).iterator();
    }

    private static String task(String file) {
        int at = file.lastIndexOf("/task=") + "/task=".length();
        return file.substring(at, file.indexOf('/', at));
    }
}
