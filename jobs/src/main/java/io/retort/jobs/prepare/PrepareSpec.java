package io.retort.jobs.prepare;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.CorpusManifest.CorpusSource;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Storage;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import io.retort.inference.Retort;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.JobRunner;
import io.retort.jobs.config.Settings;
import io.retort.jobs.corpora.CorpusSpec;
import io.retort.jobs.reports.Report;
import io.retort.jobs.workspaces.StorageSettings;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What corpus to make.
 *
 * @param workspace where
 * @param seed of the generated suites
 * @param domains in the order of reports, each name once
 */
public record PrepareSpec(Workspace workspace, long seed, List<DomainSpec> domains) implements CorpusSpec {
    /** Raised when equal specs give another corpus than before. */
    private static final int VERSION = 2;
    /** So many documents of each suite stand for its generator in the corpus' id. */
    private static final int PROBES = 32;

    public PrepareSpec {
        domains = List.copyOf(domains);
        if (domains.isEmpty()) {
            throw new IllegalArgumentException("expected at least one domain in retort.domains, found none");
        }
        HashSet<String> names = new HashSet<>();
        for (DomainSpec domain : domains) {
            if (!names.add(domain.name())) {
                throw new IllegalArgumentException("expected each domain once, found " + domain.name() + " twice");
            }
        }
    }

    /**
     * The spec that the settings make; files of sources are read for their digests.
     *
     * @throws InvalidDataException if a source has no files
     */
    public static PrepareSpec of(Settings settings) {
        Storage storage = StorageSettings.ofProcess().open();
        List<DomainSpec> domains = new ArrayList<>();
        try {
            for (String name : settings.config().getStringList("domains")) {
                domains.add(DomainSpec.of(name, settings, storage));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PrepareSpec(
                Workspace.at(settings.config().getString("workspace")),
                settings.config().getLong("seed"),
                domains);
    }

    /** What the corpus is made from, in order: the seed and what the generators say today stand in it. */
    public List<CorpusSource> sources() {
        return domains.stream()
                .flatMap(domain -> domain.isGenerated()
                        ? Stream.of(generated(domain))
                        : domain.sources().stream().map(source -> read(domain, source)))
                .toList();
    }

    /** The corpus' id, a function of {@link #sources} alone. */
    @Override
    public String corpusId() {
        return CorpusManifest.idOf(sources());
    }

    private static CorpusSource read(DomainSpec domain, SourceInput source) {
        CorpusSource description = source.description();
        TreeMap<String, String> settings = settings(domain);
        settings.putAll(description.settings());
        settings.put("max-symbols", Integer.toString(Retort.MAX_SYMBOLS));
        return new CorpusSource(description.name(), description.digest(), settings);
    }

    private static TreeMap<String, String> settings(DomainSpec domain) {
        TreeMap<String, String> settings = new TreeMap<>();
        settings.put("version", Integer.toString(VERSION));
        for (Split split : Split.values()) {
            settings.put(split.label(), Integer.toString(domain.documents().of(split)));
        }
        return settings;
    }

    private CorpusSource generated(DomainSpec domain) {
        Suite suite = Suites.named(domain.suite());
        String probes = LongStream.range(0, PROBES)
                .mapToObj(index -> suite.document(seed, index).id())
                .collect(Collectors.joining(" "));
        TreeMap<String, String> settings = settings(domain);
        settings.put("seed", Long.toString(seed));
        return new CorpusSource(
                "suite:" + domain.suite(), Sha256.hex(probes.getBytes(StandardCharsets.UTF_8)), settings);
    }

    @Override
    public List<Report> make(JobRunner runner) throws IOException, InterruptedException {
        return List.of(runner.run(new PrepareJob(), this));
    }

    @Override
    public String command() {
        return "retort prepare";
    }
}
