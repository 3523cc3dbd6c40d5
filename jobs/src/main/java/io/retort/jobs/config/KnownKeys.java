package io.retort.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.retort.datasets.sources.SourceSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys that the defaults define; any other is refused by name. */
final class KnownKeys {
    private static final String DOMAIN = "retort.domain.";
    private static final String DOMAIN_DEFAULTS = "retort.domain-defaults.";
    private static final String SOURCES = ".sources";
    /** What is below these is for a family of students to know. */
    private static final Set<String> OPTIONS =
            Set.of(DOMAIN_DEFAULTS + "student.options", "retort.clusters.student.options");
    /** What an element of {@code sources} may say; the defaults hold an empty list. */
    static final Set<String> SOURCE_KEYS = SourceSpec.settingNames();

    private final Set<String> leaves = new TreeSet<>();
    private final Set<String> objects = new TreeSet<>();

    /** @param defaults resolved, so that what stands for something else has that one's keys */
    KnownKeys(Config defaults) {
        collect("", defaults.root());
    }

    private void collect(String prefix, ConfigObject object) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String path = prefix + entry.getKey();
            if (entry.getValue() instanceof ConfigObject child) {
                objects.add(path);
                collect(path + ".", child);
            } else {
                leaves.add(path);
            }
        }
    }

    /**
     * @param layer what one place says; of what a substitution stands for nothing is known until it is resolved
     * @throws InvalidSettingException on the first key that the defaults do not have
     */
    void check(Config layer) {
        check("", layer.root());
    }

    private void check(String prefix, ConfigObject object) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String path = prefix + entry.getKey();
            String known = knownForm(path);
            ConfigValue value = entry.getValue();
            if (!isResolved(value)) {
                continue;
            }
            if (objects.contains(known) || path.matches("retort\\.domain\\.[^.]+")) {
                if (!(value instanceof ConfigObject child)) {
                    throw new InvalidSettingException(
                            "expected " + path + " to be an object { … }, found " + value.render() + where(value));
                }
                if (!OPTIONS.contains(known)) {
                    check(path + ".", child);
                }
            } else if (!leaves.contains(known)) {
                throw unknown(path, value);
            } else if (path.endsWith(SOURCES) && value instanceof ConfigList sources) {
                checkSources(path, sources);
            }
        }
    }

    private static boolean isResolved(ConfigValue value) {
        try {
            if (value.valueType() == ConfigValueType.OBJECT) {
                // An object that is still to be merged with another tells so only when it is looked into.
                Set<String> unused = ((ConfigObject) value).keySet();
            }
            return true;
        } catch (ConfigException.NotResolved e) {
            return false;
        }
    }

    private static void checkSources(String path, ConfigList sources) {
        for (ConfigValue source : sources) {
            if (!isResolved(source)) {
                continue;
            }
            if (!(source instanceof ConfigObject fields)) {
                throw new InvalidSettingException(
                        "expected every element of " + path + " to be an object { … }" + where(source));
            }
            for (Map.Entry<String, ConfigValue> field : fields.entrySet()) {
                if (!SOURCE_KEYS.contains(field.getKey())) {
                    throw new InvalidSettingException("unknown key \"" + field.getKey() + "\" in " + path
                            + where(field.getValue()) + suggestion(field.getKey(), SOURCE_KEYS));
                }
            }
        }
    }

    /** A domain of any name has the keys of domain-defaults. */
    private static String knownForm(String path) {
        if (!path.startsWith(DOMAIN)) {
            return path;
        }
        int end = path.indexOf('.', DOMAIN.length());
        return end < 0 ? path : DOMAIN_DEFAULTS + path.substring(end + 1);
    }

    private InvalidSettingException unknown(String path, ConfigValue value) {
        Set<String> candidates = new TreeSet<>(leaves);
        candidates.addAll(objects);
        String known = knownForm(path);
        String suggestion = suggestion(known, candidates);
        if (!known.equals(path)) {
            String domain = path.substring(0, path.length() - known.length() + DOMAIN_DEFAULTS.length());
            suggestion = suggestion.replace(DOMAIN_DEFAULTS, domain);
        }
        return new InvalidSettingException("unknown key " + path + where(value) + suggestion);
    }

    private static String suggestion(String name, Set<String> candidates) {
        return NearestName.of(name, candidates)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("; docs/configuration.md lists all keys");
    }

    static String where(ConfigValue value) {
        return " (" + value.origin().description() + ")";
    }
}
