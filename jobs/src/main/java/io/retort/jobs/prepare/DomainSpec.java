package io.retort.jobs.prepare;

import com.typesafe.config.Config;
import io.retort.datasets.suites.Suites;
import io.retort.jobs.config.Settings;
import java.io.Serializable;

/**
 * Where the documents of one domain come from.
 *
 * @param name of the domain
 * @param suite name of a generated suite
 * @param documents how many a split
 */
public record DomainSpec(String name, String suite, SplitCounts documents) implements Serializable {
    public DomainSpec {
        String found = Suites.named(suite).domain();
        if (!found.equals(name)) {
            throw new IllegalArgumentException(
                    "expected suite " + suite + " under its own domain " + found + ", found it under " + name);
        }
    }

    static DomainSpec of(String name, Settings settings) {
        Config config = settings.domain(name);
        return new DomainSpec(name, config.getString("suite"), SplitCounts.of(config.getConfig("documents")));
    }
}
