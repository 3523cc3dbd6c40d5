package io.retort.jobs.commands;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.retort.jobs.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every job has. */
final class CommonOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "HOCON file with settings; they win over spark.retort.* and the defaults.")
    private @Nullable Path config;

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "DIR",
            description = "Where everything is kept: a path or a Hadoop filesystem URI (default: ./workspace).")
    private @Nullable String workspace;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting, such as distil.alpha=0.5; wins over everything. May be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--json", description = "Give the report as JSON on standard output.")
    private boolean json;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    private boolean debug;

    /** The settings of this run. */
    Settings settings() {
        return settings(List.of());
    }

    /** The settings of this run, with those of a command's own options. */
    Settings settings(List<String> more) {
        return settings(more, ConfigFactory.empty());
    }

    /**
     * The settings of this run.
     *
     * @param more those of a command's own options, which win over all others
     * @param file of a command's own options; its {@code retort { … }} wins over that of {@code --config}
     */
    Settings settings(List<String> more, Config file) {
        List<String> commandLine = new ArrayList<>(overrides);
        commandLine.addAll(more);
        if (workspace != null) {
            commandLine.add("workspace=" + workspace);
        }
        Config own = config == null ? ConfigFactory.empty() : Settings.parse(config);
        return Settings.load(file.withFallback(own), systemProperties(), commandLine);
    }

    /** spark-submit hands over {@code --conf} as system properties before it calls a main class. */
    private static Map<String, String> systemProperties() {
        Map<String, String> properties = new TreeMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
        return properties;
    }

    boolean json() {
        return json;
    }

    Console.Form form() {
        return json ? Console.Form.JSON : Console.Form.TEXT;
    }

    boolean debug() {
        return debug;
    }
}
