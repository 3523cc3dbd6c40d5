package io.retort.jobs.prepare;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;

/**
 * A run of a suite's stream: what one task generates at a time.
 *
 * @param suite the suite's name
 * @param seed of its stream
 * @param from first index
 * @param to index after the last
 */
record SuiteBlock(String suite, long seed, long from, long to) implements Serializable {
    private static final long LENGTH = 512;
    /** The rarest splits get a twentieth of all prompts (see Split.of); half as many more make up for duplicates. */
    private static final double SHARE_OF_RARE_SPLIT = 0.05;

    private static final double SHARE_OF_TRAIN = 0.9;
    private static final double RESERVE = 1.5;
    private static final int RESERVE_DOCUMENTS = 200;

    /** The blocks that are expected to hold enough documents for every split, times {@code stretch}. */
    static List<SuiteBlock> of(DomainSpec domain, long seed, int stretch) {
        SplitCounts wanted = domain.documents();
        double rare = Math.max(wanted.of(Split.VALIDATION), wanted.of(Split.TEST)) / SHARE_OF_RARE_SPLIT;
        double candidates = Math.max(rare, wanted.of(Split.TRAIN) / SHARE_OF_TRAIN) * RESERVE + RESERVE_DOCUMENTS;
        long total = (long) Math.ceil(candidates) * stretch;
        List<SuiteBlock> blocks = new ArrayList<>();
        for (long from = 0; from < total; from += LENGTH) {
            blocks.add(new SuiteBlock(domain.suite(), seed, from, Math.min(total, from + LENGTH)));
        }
        return blocks;
    }

    Iterator<Row> rows() {
        Suite generator = Suites.named(suite);
        return LongStream.range(from, to)
                .mapToObj(index -> CandidateRows.row(generator.document(seed, index), index, index))
                .iterator();
    }
}
