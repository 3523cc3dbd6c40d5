package io.retort.jobs.teach;

import io.retort.datasets.logits.LogitRow;
import io.retort.datasets.logits.LogitShardReader;
import io.retort.datasets.logits.LogitShardWriter;
import io.retort.datasets.logits.ShardKey;
import io.retort.datasets.logits.ShardOrigin;
import java.util.List;

/**
 * How large shards are: so much whatever they hold, their columns' heads and footers, and the rest.
 *
 * @param fixed bytes a file
 */
record FileSizes(double fixed) {
    private static final ShardKey NO_KEY = new ShardKey("0".repeat(64));

    /**
     * Of files with parts of a domain: all rows of them in one file are smaller by the fixed part of each but one.
     */
    static FileSizes of(List<SliceMeasure> measures, ShardOrigin origin) {
        if (measures.size() < 2) {
            return new FileSizes(0);
        }
        LogitShardWriter writer = new LogitShardWriter(NO_KEY, origin);
        long apart = 0;
        for (SliceMeasure measure : measures) {
            apart += measure.file().length;
            for (LogitRow row : LogitShardReader.rows(measure.file(), "a file of the sample")) {
                writer.add(row);
            }
        }
        long together = writer.finish().file().length;
        return new FileSizes(Math.max(0, (double) (apart - together) / (measures.size() - 1)));
    }

    /** What of a file grows with its rows. */
    double growing(SliceMeasure measure) {
        return Math.max(0, measure.file().length - fixed);
    }
}
