package io.retort.jobs.prepare;

import com.typesafe.config.ConfigObject;
import io.retort.datasets.corpus.CorpusManifest.CorpusSource;
import io.retort.datasets.sources.SourceReader;
import io.retort.datasets.sources.SourceSpec;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that a domain's documents come from, as they were when the run was planned.
 *
 * @param settings the source's settings, see {@link SourceSpec#settingNames}
 * @param where the settings' place, for messages
 * @param files by name
 * @param description what a manifest says of them
 */
record SourceInput(Settings settings, String where, List<Location> files, CorpusSource description) {
    SourceInput {
        files = List.copyOf(files);
    }

    /** Settings in a form that travels to tasks. */
    record Settings(HashMap<String, Object> values) implements Serializable {
        SourceSpec spec(String domain, String where) {
            return SourceSpec.of(domain, values, where);
        }
    }

    /**
     * The source that settings describe.
     *
     * @throws io.retort.datasets.InvalidDataException if there is no file
     */
    static SourceInput of(String domain, ConfigObject source, String where, Storage storage) throws IOException {
        Map<String, Object> unwrapped = source.unwrapped();
        Settings settings = new Settings(new HashMap<>(unwrapped));
        SourceReader reader = new SourceReader(storage, settings.spec(domain, where));
        return new SourceInput(settings, where, reader.files(), reader.describe());
    }
}
