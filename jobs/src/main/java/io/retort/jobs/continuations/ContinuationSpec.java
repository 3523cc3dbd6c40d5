package io.retort.jobs.continuations;

import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.CorpusManifest.CorpusSource;
import io.retort.jobs.JobRunner;
import io.retort.jobs.config.Settings;
import io.retort.jobs.corpora.CorpusSpec;
import io.retort.jobs.prepare.PrepareSpec;
import io.retort.jobs.reports.Report;
import io.retort.jobs.sessions.LocalMaster;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What corpus to write: that of {@code prompts}, with another train split.
 *
 * @param prompts the corpus whose train split is continued; its other splits are taken over
 * @param authors who writes
 * @param options how
 * @param sampling how to find out what it costs; decides nothing of the result
 */
public record ContinuationSpec(PrepareSpec prompts, Authors authors, ContinuationOptions options, Sample sampling)
        implements CorpusSpec {
    /** Raised when equal specs give another corpus than before. */
    private static final int VERSION = 1;

    /**
     * How to find out what writing costs.
     *
     * @param time to measure for
     * @param tasks that will run at once
     */
    public record Sample(Duration time, int tasks) {
        /** What the settings say. */
        static Sample of(Settings settings) {
            return new Sample(
                    Duration.ofMillis(Math.round(1000 * settings.config().getDouble("teach.sample-seconds"))),
                    LocalMaster.tasks(
                            System.getProperty("spark.master", settings.config().getString("spark.master"))));
        }
    }

    /** The spec that the settings make. */
    public static ContinuationSpec of(Settings settings, PrepareSpec prompts, Authors authors) {
        return new ContinuationSpec(prompts, authors, ContinuationOptions.of(settings), Sample.of(settings));
    }

    /** The same, with something else done with the texts that are continued. */
    public ContinuationSpec with(Originals originals) {
        return new ContinuationSpec(prompts, authors, options.with(originals), sampling);
    }

    @Override
    public Workspace workspace() {
        return prompts.workspace();
    }

    @Override
    public long seed() {
        return prompts.seed();
    }

    /** What the corpus is made from: the other corpus' sources, and who wrote how. */
    public List<CorpusSource> sources() {
        SortedMap<String, String> settings = new TreeMap<>(options.canonical());
        settings.putAll(authors.identity());
        settings.put("version", Integer.toString(VERSION));
        List<CorpusSource> sources = new ArrayList<>(prompts.sources());
        sources.add(new CorpusSource(
                "continuations of " + prompts.corpusId(), ContentId.of("continuations", settings), settings));
        return sources;
    }

    @Override
    public String corpusId() {
        return CorpusManifest.idOf(sources());
    }

    @Override
    public List<Report> make(JobRunner runner) throws IOException, InterruptedException {
        List<Report> reports = new ArrayList<>(prompts.make(runner));
        reports.add(runner.run(new ContinuationJob(), this));
        return reports;
    }

    @Override
    public String command() {
        return "retort teach --generate or --on-policy";
    }
}
