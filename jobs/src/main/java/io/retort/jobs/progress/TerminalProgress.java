package io.retort.jobs.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that moves, for people who watch. */
public final class TerminalProgress implements Progress {
    private static final int WIDTH = 110;
    private static final int REFRESH_MILLIS = 250;

    private final PrintStream out;

    public TerminalProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public Track start(String title, long total, String unit) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(title)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setMaxRenderedLength(WIDTH)
                .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
                .build();
        return new Bar(bar);
    }

    @Override
    public void note(String line) {
        out.println(line);
    }

    private record Bar(ProgressBar bar) implements Track {
        @Override
        public void at(long done, String detail) {
            bar.stepTo(done);
            bar.setExtraMessage(detail.isEmpty() ? "" : " " + detail);
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
