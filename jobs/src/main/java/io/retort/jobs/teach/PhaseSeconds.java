package io.retort.jobs.teach;

import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Table;
import java.io.Serializable;
import java.util.List;

/**
 * Where the time of tasks went, in seconds summed over tasks.
 *
 * @param tokenise documents to chunks, and the key of their shard
 * @param forward the teacher
 * @param select the entries that are stored of each distribution, and rows of them
 * @param write rows to a file, and the file to the disk
 */
record PhaseSeconds(double tokenise, double forward, double select, double write) implements Serializable {
    static final PhaseSeconds NONE = new PhaseSeconds(0, 0, 0, 0);

    PhaseSeconds {
        if (!(tokenise >= 0 && forward >= 0 && select >= 0 && write >= 0)) {
            throw new IllegalArgumentException(
                    "expected seconds from 0, found " + tokenise + ", " + forward + ", " + select + " and " + write);
        }
    }

    double total() {
        return tokenise + forward + select + write;
    }

    PhaseSeconds plus(PhaseSeconds other) {
        return new PhaseSeconds(
                tokenise + other.tokenise, forward + other.forward, select + other.select, write + other.write);
    }

    PhaseSeconds plusWrite(double seconds) {
        return new PhaseSeconds(tokenise, forward, select, write + seconds);
    }

    Table table() {
        return new Table(
                "",
                List.of("where time went", "tokenise", "forward", "top-K", "write"),
                List.of(
                        List.of(
                                "share",
                                Figures.share(tokenise / total()),
                                Figures.share(forward / total()),
                                Figures.share(select / total()),
                                Figures.share(write / total())),
                        List.of(
                                "task seconds",
                                Figures.decimal(tokenise, 1),
                                Figures.decimal(forward, 1),
                                Figures.decimal(select, 1),
                                Figures.decimal(write, 1))));
    }
}
