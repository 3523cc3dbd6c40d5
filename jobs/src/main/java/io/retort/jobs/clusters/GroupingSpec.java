package io.retort.jobs.clusters;

import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.CorpusManifest.CorpusSource;
import io.retort.distill.clustering.ClusterSettings;
import io.retort.jobs.JobRunner;
import io.retort.jobs.corpora.CorpusSpec;
import io.retort.jobs.reports.Report;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A corpus regrouped: the same documents, each group a domain.
 *
 * @param whole the corpus whose documents are grouped
 * @param grouping by what
 * @param settings of the clusters; how many groups there are
 * @param beginningBytes of a text without a prompt, how many a router sees
 */
public record GroupingSpec(CorpusSpec whole, Grouping grouping, ClusterSettings settings, int beginningBytes)
        implements CorpusSpec {
    /** Raised when equal specs give other groups than before. */
    private static final int VERSION = 1;

    public GroupingSpec {
        if (beginningBytes < 1) {
            throw new IllegalArgumentException(
                    "expected retort.clusters.beginning-bytes of at least 1, found " + beginningBytes);
        }
    }

    /** The same documents grouped otherwise. */
    GroupingSpec with(Grouping other) {
        return new GroupingSpec(whole, other, settings, beginningBytes);
    }

    /** The domains that the groups become, in order. */
    List<String> groups() {
        List<String> groups = new ArrayList<>();
        int count = grouping == Grouping.MIXED ? 1 : settings.clusters();
        for (int group = 0; group < count; group++) {
            groups.add(grouping.domain(group, count));
        }
        return groups;
    }

    /** What the corpus is made from: documents all of one group are the same whatever the clusters. */
    List<CorpusSource> sources() {
        SortedMap<String, String> by = new TreeMap<>(
                Map.of("version", Integer.toString(VERSION), "corpus", whole.corpusId(), "grouping", grouping.name()));
        if (grouping != Grouping.MIXED) {
            by.put("settings", settings.toString());
            by.put("beginning-bytes", Integer.toString(beginningBytes));
        }
        return List.of(new CorpusSource("groups of " + whole.corpusId(), ContentId.of("groups", by), by));
    }

    @Override
    public String corpusId() {
        return CorpusManifest.idOf(sources());
    }

    @Override
    public String command() {
        return "retort distil --clusters";
    }

    @Override
    public List<Report> make(JobRunner runner) throws IOException, InterruptedException {
        List<Report> reports = new ArrayList<>();
        if (grouping == Grouping.RANDOM) {
            reports.addAll(with(Grouping.CLUSTER).make(runner));
        } else {
            reports.addAll(whole.make(runner));
        }
        reports.add(runner.run(new GroupJob(), this));
        return reports;
    }

    @Override
    public Workspace workspace() {
        return whole.workspace();
    }

    @Override
    public long seed() {
        return whole.seed();
    }
}
