package io.retort.jobs.evaluate;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.outcomes.DocumentOutcomes;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.EvaluationRoles;
import io.retort.eval.summary.EvaluationState;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that merges the outcomes of some files into totals. */
record SummaryTask(StorageSettings storageSettings, EvaluationRoles roles, BootstrapSettings bootstrap)
        implements FlatMapFunction<Iterator<String>, EvaluationState> {
    @Override
    public Iterator<EvaluationState> call(Iterator<String> files) throws IOException {
        Storage storage = storageSettings.open();
        EvaluationState state = new EvaluationState(roles, bootstrap);
        while (files.hasNext()) {
            DocumentOutcomes.group(OutcomeFile.read(storage, Location.of(files.next())))
                    .forEach(state::update);
        }
        return List.of(state).iterator();
    }
}
