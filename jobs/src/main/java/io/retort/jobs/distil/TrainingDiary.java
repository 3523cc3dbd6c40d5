package io.retort.jobs.distil;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.students.TrainingListener;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a training task writes down as it goes: a line a point, the whole file anew, since not every filesystem appends; at
 * most every second, and less often the longer it is. A training that goes on from a checkpoint goes on in its diary too.
 */
final class TrainingDiary implements TrainingListener {
    private static final long FLUSH_NANOS = 1_000_000_000L;
    /** Of the time spent, the share between two writings. */
    private static final long FLUSH_SHARE = 50;

    private static final int LARGEST = 64 << 20;

    private final Storage storage;
    private final Location file;
    private final List<CurvePoint> points;
    private final long begun = System.nanoTime();
    private long flushed = begun - FLUSH_NANOS;

    TrainingDiary(Storage storage, Location file) throws IOException {
        this.storage = storage;
        this.file = file;
        this.points = new ArrayList<>();
    }

    /** The points that are written in a diary; none if there is no diary. */
    static List<CurvePoint> read(Storage storage, Location file) throws IOException {
        if (!storage.exists(file)) {
            return List.of();
        }
        return new String(storage.read(file, LARGEST), StandardCharsets.UTF_8)
                .lines()
                .map(line -> Json.parse(line, CurvePoint.class))
                .toList();
    }

    @Override
    public void progressed(Progress progress) {
        add(new CurvePoint(progress.step(), CurvePoint.TRAIN, progress.loss(), progress.positionsPerSecond()));
    }

    @Override
    public void validated(int step, double loss) {
        add(new CurvePoint(step, CurvePoint.VALIDATION, loss, 0));
    }

    @Override
    public void resumed(int step) {
        try {
            for (CurvePoint point : read(storage, file)) {
                if (point.step() <= step) {
                    points.add(point);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void restarted(int failedStep, int step, double rateFactor, String reason) {
        points.removeIf(point -> point.step() > step && !point.series().equals(CurvePoint.RESTART));
        String note = reason + "; went back to step " + step + " with " + rateFactor + " of the learning rate";
        points.add(new CurvePoint(step, CurvePoint.RESTART, 0, 0, note));
        flush();
    }

    private void add(CurvePoint point) {
        points.add(point);
        long now = System.nanoTime();
        if (now - flushed >= Math.max(FLUSH_NANOS, (now - begun) / FLUSH_SHARE)) {
            flush();
        }
    }

    /** All points so far, in order. */
    List<CurvePoint> points() {
        return List.copyOf(points);
    }

    void flush() {
        StringBuilder text = new StringBuilder();
        points.forEach(point -> text.append(Json.line(point)).append('\n'));
        try {
            storage.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flushed = System.nanoTime();
    }
}
