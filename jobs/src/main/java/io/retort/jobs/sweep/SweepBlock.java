package io.retort.jobs.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.retort.eval.sweeps.Comparisons;
import io.retort.eval.sweeps.SuccessiveHalving;
import io.retort.eval.sweeps.SweepScore;
import io.retort.jobs.config.Choices;
import io.retort.jobs.config.InvalidSettingException;
import io.retort.jobs.config.NearestName;
import io.retort.jobs.config.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a file says in {@code sweep { … }}.
 *
 * @param name of the table
 * @param domains to train in; empty for those of the run
 * @param seeds of the trainings
 * @param comparisons which variant each is compared with
 * @param halving which trainings stop early
 * @param variants settings laid over the run's own, by name, in the order of the file
 */
record SweepBlock(
        String name,
        List<String> domains,
        List<Long> seeds,
        Comparisons comparisons,
        SuccessiveHalving halving,
        Map<String, Config> variants) {
    private static final String ROOT = "sweep";
    private static final String AGAINST = "against";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9.+-]*";
    private static final Config DEFAULTS = ConfigFactory.parseString(
            "domains = [], seeds = [1, 2, 3], score = right-answers, halving { rungs = [], keep = 0.5 }");
    private static final Set<String> KEYS =
            Set.of("name", "domains", "seeds", "baseline", "score", "variants", "halving");
    private static final Set<String> HALVING_KEYS = Set.of("rungs", "keep", "score");

    SweepBlock {
        domains = List.copyOf(domains);
        seeds = List.copyOf(seeds);
        requireName("sweep.name", name);
        variants.keySet().forEach(variant -> requireName("the name of a variant", variant));
        if (variants.isEmpty()) {
            throw new InvalidSettingException("expected at least one variant in sweep.variants, found none");
        }
        requireVariant("sweep.baseline", comparisons.baseline(), variants);
        comparisons
                .against()
                .forEach((variant, other) ->
                        requireVariant("sweep.variants." + variant + "." + AGAINST, other, variants));
        if (seeds.isEmpty() || seeds.size() != Set.copyOf(seeds).size()) {
            throw new InvalidSettingException(
                    "expected sweep.seeds to name one seed at least and each once, found " + seeds);
        }
    }

    private static void requireVariant(String what, String name, Map<String, Config> variants) {
        if (!variants.containsKey(name)) {
            throw new InvalidSettingException("expected " + what + " to be one of the variants "
                    + String.join(", ", variants.keySet()) + ", found " + name);
        }
    }

    private static void requireName(String what, String name) {
        if (!name.matches(NAME)) {
            throw new InvalidSettingException(
                    "expected " + what + " of letters, digits, dots, plus signs and hyphens, found \"" + name + "\"");
        }
    }

    /**
     * Reads the block.
     *
     * @param file the whole file, not resolved
     * @param settings of the run, which the file may refer to as {@code ${retort.…}}
     * @throws InvalidSettingException if a key is unknown or missing, or a value is wrong
     */
    static SweepBlock of(Config file, Settings settings) {
        try {
            Config resolved =
                    file.withFallback(settings.config().atKey("retort")).resolve();
            if (!resolved.hasPath(ROOT)) {
                throw new InvalidSettingException("expected sweep { … } in "
                        + file.origin().description() + ", found " + file.root().keySet());
            }
            Config sweep = resolved.getConfig(ROOT);
            requireKnown(ROOT, sweep.root(), KEYS);
            Config whole = sweep.withFallback(DEFAULTS);
            Config halving = whole.getConfig("halving");
            requireKnown(ROOT + ".halving", halving.root(), HALVING_KEYS);
            String score = whole.getString("score");
            String by = halving.hasPath("score") ? halving.getString("score") : score;
            Choices.of(SweepScore.class, "sweep.score", score);
            Map<String, Config> variants = variants(whole.getObject("variants"));
            return new SweepBlock(
                    whole.getString("name"),
                    whole.getStringList("domains"),
                    whole.getLongList("seeds"),
                    new Comparisons(whole.getString("baseline"), against(variants)),
                    new SuccessiveHalving(
                            halving.getDoubleList("rungs"),
                            halving.getDouble("keep"),
                            Choices.of(SweepScore.class, "sweep.halving.score", by)),
                    settingsOf(variants));
        } catch (ConfigException e) {
            throw new InvalidSettingException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("not HOCON"), e);
        }
    }

    private static void requireKnown(String path, ConfigObject object, Set<String> known) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw new InvalidSettingException("unknown key " + path + "." + entry.getKey() + " ("
                        + entry.getValue().origin().description() + ")"
                        + NearestName.of(entry.getKey(), known)
                                .map(nearest -> "; did you mean " + path + "." + nearest + "?")
                                .orElse("; docs/sweeps.md lists all keys"));
            }
        }
    }

    /** In the order of their lines, since the library gives them in none. */
    private static Map<String, Config> variants(ConfigObject object) {
        List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>(object.entrySet());
        entries.sort(Comparator.<Map.Entry<String, ConfigValue>>comparingInt(
                        entry -> entry.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey));
        Map<String, Config> variants = new LinkedHashMap<>();
        for (Map.Entry<String, ConfigValue> entry : entries) {
            if (!(entry.getValue() instanceof ConfigObject settings)) {
                throw new InvalidSettingException("expected sweep.variants." + entry.getKey()
                        + " to be an object { … } (" + entry.getValue().origin().description() + ")");
            }
            variants.put(entry.getKey(), settings.toConfig());
        }
        return variants;
    }

    private static SortedMap<String, String> against(Map<String, Config> variants) {
        SortedMap<String, String> against = new TreeMap<>();
        variants.forEach((variant, said) -> {
            if (said.hasPath(AGAINST)) {
                against.put(variant, said.getString(AGAINST));
            }
        });
        return against;
    }

    private static Map<String, Config> settingsOf(Map<String, Config> variants) {
        Map<String, Config> settings = new LinkedHashMap<>();
        variants.forEach((variant, said) -> settings.put(variant, said.withoutPath(AGAINST)));
        return settings;
    }

    /** The first setting of a variant that a sweep decides itself. */
    static Optional<String> forbidden(Config variant) {
        return List.of("workspace", "domains", "spark", "distil.seed", "distil.control").stream()
                .filter(variant::hasPath)
                .findFirst();
    }
}
