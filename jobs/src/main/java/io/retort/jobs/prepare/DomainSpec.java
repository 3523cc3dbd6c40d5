package io.retort.jobs.prepare;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import io.retort.datasets.storage.Storage;
import io.retort.datasets.suites.Suites;
import io.retort.jobs.config.InvalidSettingException;
import io.retort.jobs.config.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the documents of one domain come from.
 *
 * @param name of the domain
 * @param suite name of a generated suite, or empty for documents from sources
 * @param sources at least one, or none for a suite
 * @param documents how many a split; of sources, at most
 */
public record DomainSpec(String name, String suite, List<SourceInput> sources, SplitCounts documents) {
    public DomainSpec {
        sources = List.copyOf(sources);
        String place = "retort.domain." + name;
        if (suite.isEmpty() && sources.isEmpty()) {
            throw new IllegalArgumentException("expected " + place + ".suite or " + place + ".sources, found neither");
        }
        if (!suite.isEmpty() && !sources.isEmpty()) {
            throw new IllegalArgumentException("expected " + place + ".suite or " + place
                    + ".sources, found both; suite = \"\" leaves out the suite");
        }
        if (!suite.isEmpty() && !Suites.named(suite).domain().equals(name)) {
            throw new IllegalArgumentException("expected suite " + suite + " under its own domain "
                    + Suites.named(suite).domain() + ", found it under " + name);
        }
    }

    /** Whether documents are generated. */
    boolean isGenerated() {
        return sources.isEmpty();
    }

    static DomainSpec of(String name, Settings settings, Storage storage) throws IOException {
        Config config = settings.domain(name);
        List<SourceInput> sources = new ArrayList<>();
        for (ConfigObject source : sources(config)) {
            String where = "retort.domain." + name + ".sources[" + sources.size() + "]";
            sources.add(SourceInput.of(name, source, where, storage));
        }
        return new DomainSpec(name, config.getString("suite"), sources, SplitCounts.of(config.getConfig("documents")));
    }

    private static List<? extends ConfigObject> sources(Config config) {
        try {
            return config.getObjectList("sources");
        } catch (ConfigException e) {
            throw new InvalidSettingException(String.valueOf(e.getMessage()), e);
        }
    }
}
