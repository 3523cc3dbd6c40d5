package io.retort.jobs.progress;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is said, and shows nothing. Any thread may say something. */
public final class Notes implements Progress {
    /** What was said so far, a line each; a test may clear it. */
    public final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public Track start(String title, long total, String unit) {
        return Track.SILENT;
    }

    @Override
    public void note(String line) {
        lines.add(line);
    }
}
