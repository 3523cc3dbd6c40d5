package io.retort.jobs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.environments.PythonEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Settings of Spark that pages name, against the registry in which a stock Spark declares its own: those of the core, of
 * SQL, of Kubernetes and of YARN.
 */
class SparkKeysIT {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern KEY =
            Pattern.compile("(?<![\\w./])spark\\.[a-z][A-Za-z]*(?:\\.[A-Za-z][A-Za-z0-9_-]*)*");
    private static final List<String> DECLARING = List.of(
            "org.apache.spark.internal.config.package$",
            "org.apache.spark.internal.config.UI$",
            "org.apache.spark.internal.config.Deploy$",
            "org.apache.spark.sql.internal.SQLConf$",
            "org.apache.spark.deploy.k8s.Config$",
            "org.apache.spark.deploy.yarn.config.package$");
    /** Not in the registry, but in the code that reads them: the class that has the text. */
    private static final Map<String, String> IN_CODE = Map.of(
            "spark.master", "org.apache.spark.SparkConf",
            "spark.hadoop.", "org.apache.spark.deploy.SparkHadoopUtil$",
            "spark.executorEnv.", "org.apache.spark.SparkConf",
            "spark.yarn.appMasterEnv.", "org.apache.spark.deploy.yarn.Client");
    /** Settings of ours, and methods in examples of code. */
    private static final Set<String> OTHERS = Set.of("spark.slices", "spark.retort", "spark.read.parquet");

    @Test
    void everySettingOfSparkThatAPageNamesIsOneOfSpark() throws Exception {
        try (URLClassLoader spark = stockSpark()) {
            Set<String> declared = declared(spark);
            List<String> prefixes = prefixes(spark);
            assertThat(declared).contains("spark.task.maxFailures").doesNotContain("spark.slices");
            List<String> unknown = new ArrayList<>();
            TreeSet<String> seen = new TreeSet<>();
            for (Path page : pages()) {
                Matcher key = KEY.matcher(Files.readString(page));
                while (key.find()) {
                    String name = key.group();
                    seen.add(name);
                    boolean known = declared.contains(name)
                            || IN_CODE.containsKey(name)
                            || OTHERS.stream().anyMatch(name::startsWith)
                            || prefixes.stream().anyMatch((name + ".")::startsWith);
                    if (!known) {
                        unknown.add(page.getFileName() + ": " + name);
                    }
                }
            }
            assertThat(unknown).isEmpty();
            assertThat(seen)
                    .contains(
                            "spark.kubernetes.container.image",
                            "spark.yarn.archive",
                            "spark.dynamicAllocation.maxExecutors");
        }
    }

    @Test
    void theDefaultsThatThePageOnClustersStatesAreThoseOfSpark() throws Exception {
        try (URLClassLoader spark = stockSpark()) {
            assertThat(defaultOf(spark, "spark.dynamicAllocation.shuffleTracking.enabled"))
                    .isEqualTo("true");
            assertThat(defaultOf(spark, "spark.dynamicAllocation.executorIdleTimeout"))
                    .isEqualTo("60000ms");
            assertThat(defaultOf(spark, "spark.dynamicAllocation.maxExecutors"))
                    .isEqualTo(Integer.toString(Integer.MAX_VALUE));
            assertThat(defaultOf(spark, "spark.executor.memoryOverheadFactor")).isEqualTo("0.1");
            assertThat(defaultOf(spark, "spark.kubernetes.local.dirs.tmpfs")).isEqualTo("false");
        }
    }

    private static String defaultOf(ClassLoader spark, String key) throws Exception {
        Object entry = registry(spark).get(key);
        return Class.forName("org.apache.spark.internal.config.ConfigEntry", true, spark)
                .getMethod("defaultValueString")
                .invoke(entry)
                .toString();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static URLClassLoader stockSpark() throws Exception {
        Path jars = PythonEnvironment.of("spark").sparkHome().resolve("jars");
        try (Stream<Path> files = Files.list(jars)) {
            List<URL> urls = new ArrayList<>();
            for (Path jar : files.toList()) {
                urls.add(jar.toUri().toURL());
            }
            return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
        }
    }

    /** The registry's entries by name, once the objects that declare them are there. */
    private static Map<?, ?> registry(ClassLoader spark) throws Exception {
        for (String declaring : DECLARING) {
            Class.forName(declaring, true, spark);
        }
        Class<?> entries = Class.forName("org.apache.spark.internal.config.ConfigEntry$", true, spark);
        return (Map<?, ?>) entries.getMethod("knownConfigs")
                .invoke(entries.getField("MODULE$").get(null));
    }

    private static Set<String> declared(ClassLoader spark) throws Exception {
        Set<String> names = new TreeSet<>();
        registry(spark).keySet().forEach(name -> names.add(name.toString()));
        return names;
    }

    /** What names with a part of one's own begin with. */
    private static List<String> prefixes(ClassLoader spark) throws Exception {
        List<String> prefixes = new ArrayList<>();
        Class<?> kubernetes = Class.forName("org.apache.spark.deploy.k8s.Config$", true, spark);
        Object object = kubernetes.getField("MODULE$").get(null);
        for (java.lang.reflect.Method method : Arrays.stream(kubernetes.getMethods())
                .filter(each -> each.getName().endsWith("_PREFIX") && each.getReturnType() == String.class)
                .toList()) {
            prefixes.add((String) method.invoke(object));
        }
        for (Map.Entry<String, String> literal : IN_CODE.entrySet()) {
            String file = literal.getValue().replace('.', '/') + ".class";
            try (InputStream in = spark.getResourceAsStream(file)) {
                assertThat(in).as(file).isNotNull();
                assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .as(file)
                        .contains(literal.getKey());
            }
            if (literal.getKey().endsWith(".")) {
                prefixes.add(literal.getKey());
            }
        }
        prefixes.removeIf(prefix -> !prefix.startsWith("spark.") || !prefix.endsWith("."));
        return prefixes;
    }
}
