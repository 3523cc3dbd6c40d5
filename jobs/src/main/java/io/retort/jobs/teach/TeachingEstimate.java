package io.retort.jobs.teach;

import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.CorpusManifest.TaskCount;
import io.retort.datasets.corpus.Split;
import io.retort.jobs.reports.Cost;
import java.time.Duration;
import java.util.List;

/**
 * What teaching is expected to cost, from the corpus' size and rates measured with the embedded teacher on its own
 * suites. Only shown to people; nothing depends on it.
 *
 * @param tokens for the teacher
 */
record TeachingEstimate(double tokens) {
    private static final double TEXT_BYTES_A_TOKEN = 2.5;
    private static final double FILE_BYTES_A_TOKEN = 14;
    private static final double TOKENS_A_SECOND_AND_TASK = 13_000;

    static TeachingEstimate of(CorpusManifest corpus, List<Split> splits) {
        long bytes = corpus.counts().stream()
                .filter(count -> splits.contains(count.split()))
                .mapToLong(TeachingEstimate::bytes)
                .sum();
        return new TeachingEstimate(bytes / TEXT_BYTES_A_TOKEN);
    }

    private static long bytes(TaskCount count) {
        return count.promptBytes() + count.answerBytes();
    }

    /** What is left when so many of all shards are there. */
    Cost less(long shardsFound, long shards) {
        double left = tokens * Math.max(0, shards - shardsFound) / Math.max(1, shards);
        double rate =
                TOKENS_A_SECOND_AND_TASK * Math.max(2, Runtime.getRuntime().availableProcessors());
        return new Cost(
                Duration.ofSeconds(Math.round(5 + left / rate)),
                Math.round(left * FILE_BYTES_A_TOKEN),
                Math.round(left));
    }
}
