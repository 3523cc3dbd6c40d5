package io.retort.jobs.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.sweeps.Comparisons;
import io.retort.eval.sweeps.SuccessiveHalving;
import io.retort.jobs.Spec;
import io.retort.jobs.config.InvalidSettingException;
import io.retort.jobs.config.Settings;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.ExpertSpec;
import io.retort.jobs.evaluate.EvaluateOptions;
import io.retort.jobs.prepare.PrepareSpec;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What table to make.
 *
 * @param name of the table
 * @param corpus whose validation and test documents every trial is scored on, whatever it learns from
 * @param comparisons which variant each is compared with
 * @param seeds of the trainings
 * @param halving which trainings stop early
 * @param trials variant after variant, in each domain after domain and seed after seed
 * @param bootstrap how intervals are made
 */
public record SweepSpec(
        String name,
        PrepareSpec corpus,
        Comparisons comparisons,
        List<Long> seeds,
        SuccessiveHalving halving,
        List<Trial> trials,
        BootstrapSettings bootstrap)
        implements Spec {
    /** Raised when equal specs give other figures than before. */
    private static final int VERSION = 1;

    private static final String EACH_DOMAIN = "each-domain";

    public SweepSpec {
        seeds = List.copyOf(seeds);
        trials = List.copyOf(trials);
    }

    /**
     * The sweep of a file.
     *
     * @param file with {@code sweep { … }}, not resolved
     * @param settings of the run, over which the variants' are laid
     * @throws InvalidSettingException if a key, variant or domain is not one
     */
    public static SweepSpec of(Config file, Settings settings) {
        SweepBlock block = SweepBlock.of(file, settings);
        Settings run = settings.with(ConfigFactory.parseMap(Map.of("distil.control", "none")));
        if (!block.domains().isEmpty()) {
            run = run.with(ConfigFactory.parseMap(Map.of("domains", block.domains())));
        }
        List<String> domains = run.config().getStringList("domains");
        PrepareSpec corpus = PrepareSpec.of(run);
        List<Trial> trials = new ArrayList<>();
        for (Map.Entry<String, Config> variant : block.variants().entrySet()) {
            trials.addAll(trials(block, variant.getKey(), laidOver(run, variant, domains), corpus.corpusId()));
        }
        return new SweepSpec(
                block.name(),
                corpus,
                block.comparisons(),
                block.seeds(),
                block.halving(),
                trials,
                EvaluateOptions.bootstrap(settings));
    }

    private static Settings laidOver(Settings run, Map.Entry<String, Config> variant, List<String> domains) {
        String where = "sweep.variants." + variant.getKey();
        SweepBlock.forbidden(variant.getValue()).ifPresent(key -> {
            throw new InvalidSettingException(
                    "expected " + where + " not to set " + key + ", which is the whole sweep's, found it in "
                            + variant.getValue().origin().description());
        });
        Config own = variant.getValue().withoutPath(EACH_DOMAIN);
        if (variant.getValue().hasPath(EACH_DOMAIN)) {
            ConfigValue each = variant.getValue().getValue(EACH_DOMAIN);
            for (String domain : domains) {
                own = own.withFallback(ConfigFactory.empty().withValue(ConfigUtil.joinPath("domain", domain), each));
            }
        }
        try {
            return run.with(own);
        } catch (InvalidSettingException e) {
            throw new InvalidSettingException(where + ": " + e.getMessage(), e);
        }
    }

    private static List<Trial> trials(SweepBlock block, String variant, Settings settings, String corpusId) {
        List<DistilSpec> bySeed = new ArrayList<>();
        for (long seed : block.seeds()) {
            bySeed.add(
                    bySeed.isEmpty() || !bySeed.get(0).earlier().isEmpty()
                            ? spec(variant, settings, seed)
                            : bySeed.get(0).withTrainingSeed(seed));
        }
        List<Trial> trials = new ArrayList<>();
        for (int expert = 0; expert < bySeed.get(0).experts().size(); expert++) {
            for (int seed = 0; seed < bySeed.size(); seed++) {
                DistilSpec distil = bySeed.get(seed);
                ExpertSpec trained = distil.experts().get(expert);
                trials.add(new Trial(
                        variant,
                        trained.domain(),
                        block.seeds().get(seed),
                        id(
                                distil.expertId(trained),
                                block.halving().steps(trained.training().steps()),
                                corpusId),
                        distil,
                        trained));
            }
        }
        return trials;
    }

    private static DistilSpec spec(String variant, Settings settings, long seed) {
        try {
            return DistilSpec.of(
                    settings.with(ConfigFactory.empty().withValue("distil.seed", ConfigValueFactory.fromAnyRef(seed))));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("sweep.variants." + variant + ": " + e.getMessage(), e);
        }
    }

    private static String id(String expertId, List<Integer> rungs, String corpusId) {
        return ContentId.of(
                "trial", Map.of("version", VERSION, "expert", expertId, "rungs", rungs, "judged", corpusId));
    }

    /** The table's id. */
    public String sweepId() {
        return ContentId.of(
                "sweep",
                Map.of(
                        "version", VERSION,
                        "name", name,
                        "comparisons", comparisons,
                        "halving", halving,
                        "trials",
                                trials.stream()
                                        .map(trial ->
                                                List.of(trial.variant(), trial.domain(), trial.seed(), trial.id()))
                                        .toList(),
                        "bootstrap", bootstrap));
    }

    /** The domains, in order. */
    public List<String> domains() {
        return trials.stream().map(Trial::domain).distinct().toList();
    }

    /** The variants, in order. */
    public List<String> variants() {
        return trials.stream().map(Trial::variant).distinct().toList();
    }

    /** The trials of a variant in a domain, seed after seed. */
    List<Trial> trials(String variant, String domain) {
        return trials.stream()
                .filter(trial ->
                        trial.variant().equals(variant) && trial.domain().equals(domain))
                .toList();
    }

    @Override
    public Workspace workspace() {
        return corpus.workspace();
    }

    @Override
    public long seed() {
        return corpus.seed();
    }
}
