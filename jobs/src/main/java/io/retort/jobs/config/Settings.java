package io.retort.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of one run: command line over file over {@code spark.retort.*} over the defaults of {@code retort.conf}.
 * Immutable.
 *
 * @param config the tree under {@code retort}, resolved; every key is one that the defaults have
 */
public record Settings(Config config) {
    private static final String ROOT = "retort";
    private static final String SPARK_PREFIX = "spark.retort.";
    private static final String DEFAULTS = "retort.conf";

    /** The defaults alone. */
    public static Settings defaults() {
        return load(Optional.empty(), Map.of(), List.of());
    }

    /**
     * @param file a HOCON file whose settings stand under {@code retort}
     * @param sparkProperties any properties; those that begin with {@code spark.retort.} are settings
     * @param overrides {@code key=value}, keys with or without the leading {@code retort.}
     * @throws InvalidSettingException if the file is missing or not HOCON, a key is unknown, or an override has no '='
     */
    public static Settings load(Optional<Path> file, Map<String, String> sparkProperties, List<String> overrides) {
        return load(file.map(Settings::parse).orElseGet(ConfigFactory::empty), sparkProperties, overrides);
    }

    /**
     * The settings of one run.
     *
     * @param fromFile what files say, under {@code retort}, not yet resolved
     * @param sparkProperties any properties; those that begin with {@code spark.retort.} are settings
     * @param overrides {@code key=value}, keys with or without the leading {@code retort.}
     * @throws InvalidSettingException if a key is unknown, or an override has no '='
     */
    public static Settings load(Config fromFile, Map<String, String> sparkProperties, List<String> overrides) {
        Config defaults = defaultsUnresolved();
        KnownKeys known = new KnownKeys(defaults.resolve());
        Config commandLine = commandLine(overrides);
        Config spark = spark(sparkProperties);
        try {
            for (Config layer : List.of(commandLine, fromFile, spark)) {
                known.check(layer);
            }
            Config merged = commandLine
                    .withFallback(fromFile)
                    .withFallback(spark)
                    .withFallback(defaults)
                    .resolve();
            // What stood behind a substitution has its keys only now.
            known.check(merged);
            return new Settings(merged.getConfig(ROOT));
        } catch (ConfigException e) {
            throw new InvalidSettingException(oneLine(e), e);
        } catch (StackOverflowError e) {
            throw tooDeep(fromFile.origin().description(), e);
        }
    }

    private static Config defaultsUnresolved() {
        return ConfigFactory.parseResources(
                Settings.class.getClassLoader(),
                DEFAULTS,
                ConfigParseOptions.defaults().setAllowMissing(false));
    }

    /**
     * These settings with others laid over them.
     *
     * @param layer keys without the leading {@code retort.}, resolved
     * @throws InvalidSettingException if a key is unknown
     */
    public Settings with(Config layer) {
        new KnownKeys(defaultsUnresolved().resolve()).check(layer.atKey(ROOT));
        return new Settings(layer.withFallback(config));
    }

    /**
     * Reads a file of HOCON without resolving what stands for something else.
     *
     * @throws InvalidSettingException if it is missing or not HOCON
     */
    public static Config parse(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidSettingException("expected a configuration file, found nothing at " + file);
        }
        try {
            return ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        } catch (ConfigException e) {
            throw new InvalidSettingException(oneLine(e), e);
        } catch (StackOverflowError e) {
            // The parser of the library descends by calls and has no bound of its own.
            throw tooDeep(file.toString(), e);
        }
    }

    private static InvalidSettingException tooDeep(String origin, StackOverflowError e) {
        return new InvalidSettingException(
                "expected settings nested at most some hundred deep, found them deeper in " + origin, e);
    }

    private static Config commandLine(List<String> overrides) {
        Config config = ConfigFactory.empty();
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                throw new InvalidSettingException("expected --set KEY=VALUE, found \"" + override + "\"");
            }
            String key = override.substring(0, equals).strip();
            String path = key.startsWith(ROOT + ".") ? key : ROOT + "." + key;
            config = with(config, path, override.substring(equals + 1), "command line");
        }
        return config;
    }

    private static Config spark(Map<String, String> properties) {
        Config config = ConfigFactory.empty();
        for (Map.Entry<String, String> property : new TreeMap<>(properties).entrySet()) {
            if (property.getKey().startsWith(SPARK_PREFIX)) {
                String path = property.getKey().substring("spark.".length());
                config = with(config, path, property.getValue(), "Spark property " + property.getKey());
            }
        }
        return config;
    }

    /** Lists and objects are read as HOCON; anything else is taken as it is, since a path may hold any character. */
    private static Config with(Config config, String path, String value, String origin) {
        try {
            boolean structured = value.startsWith("[") || value.startsWith("{");
            return structured
                    ? ConfigFactory.parseString(
                                    path + " = " + value,
                                    ConfigParseOptions.defaults().setOriginDescription(origin))
                            .withFallback(config)
                    : config.withValue(path, ConfigValueFactory.fromAnyRef(value, origin));
        } catch (StackOverflowError e) {
            throw tooDeep(origin, e);
        } catch (ConfigException e) {
            throw new InvalidSettingException(
                    "expected a setting, found " + path + "=" + value + " (" + origin + ")", e);
        }
    }

    /** What a domain says over what all domains have. */
    public Config domain(String name) {
        String path = "domain.\"" + name + "\"";
        if (!config.hasPath(path)) {
            throw new InvalidSettingException("expected retort.domain." + name
                    + " to describe the domain that retort.domains lists, found nothing"
                    + NearestName.of(name, config.getConfig("domain").root().keySet())
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse(""));
        }
        return config.getConfig(path).withFallback(config.getConfig("domain-defaults"));
    }

    /** A setting that is wrong in type reads as one line that names key and place. */
    static String oneLine(ConfigException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("not HOCON");
    }
}
