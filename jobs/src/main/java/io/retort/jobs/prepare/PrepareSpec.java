package io.retort.jobs.prepare;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What corpus to make.
 *
 * @param workspace where
 * @param seed of the generated suites
 * @param domains in the order of reports, each name once
 */
public record PrepareSpec(Workspace workspace, long seed, List<DomainSpec> domains) implements Spec {
    /** Raised when equal specs give another corpus than before. */
    private static final int VERSION = 1;
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

    /** The spec that the settings make. */
    public static PrepareSpec of(Settings settings) {
        List<DomainSpec> domains = settings.config().getStringList("domains").stream()
                .map(name -> DomainSpec.of(name, settings))
                .toList();
        return new PrepareSpec(
                Workspace.at(settings.config().getString("workspace")),
                settings.config().getLong("seed"),
                domains);
    }

    /** The corpus' id: seed, domains, and what the generators say today, so that a changed generator makes another. */
    public String corpusId() {
        return ContentId.of(
                "corpus",
                Map.of(
                        "version",
                        VERSION,
                        "seed",
                        seed,
                        "domains",
                        domains.stream().map(this::origin).toList()));
    }

    private Map<String, Object> origin(DomainSpec domain) {
        Suite suite = Suites.named(domain.suite());
        String probes = LongStream.range(0, PROBES)
                .mapToObj(index -> suite.document(seed, index))
                .map(Document::id)
                .collect(Collectors.joining(" "));
        return Map.of("name", domain.name(), "documents", domain.documents(), "probes", probes);
    }
}
