package io.retort.jobs.distil;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.provenance.RunLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the diaries of all trainings: shows how far they are and hands every new point on to the run's events. For one
 * thread at a time.
 */
final class TrainingWatch {
    private final Storage storage;
    private final DistilTask.Place place;
    private final List<ExpertSpec> experts;
    private final RunLog log;
    private final Map<String, Integer> told = new HashMap<>();
    private final Set<String> finished = new HashSet<>();

    TrainingWatch(Storage storage, DistilTask.Place place, List<ExpertSpec> experts, RunLog log) throws IOException {
        this.storage = storage;
        this.place = place;
        this.experts = experts;
        this.log = log;
        for (ExpertSpec expert : experts) {
            // An earlier run has told these.
            told.put(
                    expert.name(),
                    TrainingDiary.read(storage, place.diary(expert)).size());
        }
    }

    void show(Progress.Track track) throws IOException {
        long steps = 0;
        List<String> running = new ArrayList<>();
        for (ExpertSpec expert : experts) {
            if (finished.contains(expert.name())) {
                steps += expert.training().steps();
                continue;
            }
            // Asked first: a diary is complete before the expert is.
            boolean done = ExpertFiles.finished(storage, place.directory(expert));
            List<CurvePoint> points = TrainingDiary.read(storage, place.diary(expert));
            tell(expert, points);
            int step = points.isEmpty() ? 0 : points.get(points.size() - 1).step();
            steps += step;
            if (done) {
                finished.add(expert.name());
            }
            if (step > 0 && step < expert.training().steps()) {
                running.add(expert.name() + " " + lastLoss(points));
            }
        }
        track.at(steps, String.join(", ", running));
    }

    private void tell(ExpertSpec expert, List<CurvePoint> points) throws IOException {
        // A training that went on from a checkpoint may have fewer points for a while.
        int from = Math.min(told.getOrDefault(expert.name(), 0), points.size());
        for (CurvePoint point : points.subList(from, points.size())) {
            if (point.series().equals(CurvePoint.RESTART)) {
                log.event("restart", Map.of("expert", expert.name(), "step", point.step(), "reason", point.note()));
                continue;
            }
            log.event(
                    "loss",
                    Map.of(
                            "expert", expert.name(),
                            "step", point.step(),
                            "series", point.series(),
                            "loss", point.loss(),
                            "positionsPerSecond", Math.round(point.positionsPerSecond())));
        }
        told.put(expert.name(), points.size());
    }

    private static String lastLoss(List<CurvePoint> points) {
        for (int i = points.size() - 1; i >= 0; i--) {
            if (points.get(i).series().equals(CurvePoint.TRAIN)) {
                return String.format(Locale.ROOT, "%.3f", points.get(i).loss());
            }
        }
        return "–";
    }
}
