package io.retort.jobs.analyze;

import com.typesafe.config.Config;
import io.retort.datasets.corpus.Split;
import io.retort.jobs.config.Choices;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;

/**
 * How to analyse.
 *
 * @param parts what to look at
 * @param observed which documents are observed
 * @param permutations shuffles of the control
 * @param probes random vectors for the effective rank of a large matrix
 * @param sketch numbers that stand for an expert when experts are compared
 * @param neighbours that each expert gets
 */
public record AnalyzeOptions(
        List<AnalysisPart> parts, Observed observed, int permutations, int probes, int sketch, int neighbours)
        implements Serializable {
    /**
     * Which documents are observed.
     *
     * @param split of the corpus
     * @param documents of each domain, at most
     */
    public record Observed(Split split, int documents) implements Serializable {
        public Observed {
            if (documents < 2) {
                throw new IllegalArgumentException(
                        "expected retort.analyze.documents of at least 2, found " + documents);
            }
        }
    }

    public AnalyzeOptions {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("expected at least one part in retort.analyze.parts, found none");
        }
        parts = List.copyOf(EnumSet.copyOf(parts));
        if (neighbours < 1) {
            throw new IllegalArgumentException("expected retort.analyze.neighbours of at least 1, found " + neighbours);
        }
    }

    static AnalyzeOptions of(Config config) {
        return new AnalyzeOptions(
                config.getStringList("parts").stream()
                        .map(part -> Choices.of(AnalysisPart.class, "retort.analyze.parts", part))
                        .toList(),
                new Observed(Split.labelled(config.getString("split")), config.getInt("documents")),
                config.getInt("permutations"),
                config.getInt("probes"),
                config.getInt("sketch"),
                config.getInt("neighbours"));
    }

    boolean has(AnalysisPart part) {
        return parts.contains(part);
    }
}
