package io.retort.datasets.sources;

import io.retort.datasets.storage.Location;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the documents of a task come from and how they are made. The record checks itself; nothing is read.
 *
 * @param path a file, or a pattern whose last name has stars, such as {@code data/gsm8k/*.jsonl}
 * @param format how the files are cut into records
 * @param domain of all its documents
 * @param task of all its documents
 * @param mapping from records to documents
 * @param options all else
 */
public record SourceSpec(
        Location path, SourceFormat format, String domain, String task, Mapping mapping, SourceOptions options) {
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public SourceSpec {
        if (!DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException(
                    "expected a domain of lower-case letters, digits and hyphens, found \"" + domain + "\"");
        }
        if (task.isBlank()) {
            throw new IllegalArgumentException("expected the name of a task, found \"" + task + "\"");
        }
        boolean canJoin = format != SourceFormat.TEXT && format != SourceFormat.BABI;
        if (options.join().isPresent() && !canJoin) {
            throw new IllegalArgumentException("expected no second file for format " + format.label());
        }
        if (options.split().isPresent() && mapping.group().isPresent()) {
            throw new IllegalArgumentException("expected a split by place or groups, found both");
        }
    }

    /**
     * The spec that settings make, such as an object of a configuration, unwrapped. docs/corpora.md tells what each means.
     *
     * @param domain of all documents
     * @param settings by the names of {@link #settingNames()}
     * @param where the settings' place in messages, such as {@code retort.domain.math.sources[2]}
     * @throws IllegalArgumentException naming the key, for one that is unknown, missing or wrong
     */
    public static SourceSpec of(String domain, Map<String, ?> settings, String where) {
        return new SourceSettings(settings, where).spec(domain);
    }

    /**
     * What settings may say: {@code path}, {@code format} and {@code task}, which they must, and {@code prompt}, {@code
     * answer}, {@code answer-pattern}, {@code choices}, {@code group}, {@code max-bytes}, {@code limit}, {@code cut},
     * {@code columns}, {@code join} and {@code split}.
     */
    public static Set<String> settingNames() {
        return SourceSettings.KEYS;
    }
}
