package io.retort.jobs.analyze;

import io.retort.distill.analysis.ExpertFigures;
import io.retort.distill.analysis.ExpertPlace;
import io.retort.distill.analysis.ExpertReading;
import io.retort.distill.analysis.ProbeSettings;
import io.retort.distill.analysis.WeightRows;
import io.retort.distill.teachers.NativeEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that reads some experts' weights, one expert after the other and each a few rows at a time. */
record ReadingTask(WeightSource source, ProbeSettings settings)
        implements FlatMapFunction<Iterator<ExpertPlace>, ExpertFigures> {
    @Override
    public Iterator<ExpertFigures> call(Iterator<ExpertPlace> places) throws IOException {
        NativeEngine.prepare();
        List<ExpertFigures> figures = new ArrayList<>();
        try (WeightRows weights = source.open()) {
            ExpertReading reading = new ExpertReading(weights, settings);
            while (places.hasNext()) {
                figures.add(reading.read(places.next()));
            }
        }
        return figures.iterator();
    }
}
