package io.retort.jobs.clusters;

import com.typesafe.config.Config;
import io.retort.distill.clustering.ClusterSettings;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.ExpertSpec;
import io.retort.jobs.distil.InitialWeights;
import io.retort.jobs.evaluate.EvaluateOptions;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What experts to train on the clusters of a corpus, and what to compare them with.
 *
 * @param groups the clusters
 * @param shared the student that all experts go on from, or none
 * @param clusters an expert a cluster
 * @param random an expert a random group
 * @param dense students of everything: of as many parameters as one expert, as the chosen ones, and as all
 * @param measuring how they are compared
 */
public record ManyExpertsSpec(
        GroupingSpec groups,
        List<DistilSpec> shared,
        DistilSpec clusters,
        DistilSpec random,
        DistilSpec dense,
        Measuring measuring)
        implements Spec {
    /** Raised when equal specs give other figures than before. */
    private static final int VERSION = 1;

    private static final String SHARED = "shared";
    static final String DENSE_ONE = "dense-one";
    static final String DENSE_CHOSEN = "dense-chosen";
    static final String DENSE_ALL = "dense-all";

    /**
     * How experts are compared.
     *
     * @param chosen experts that predict a text together
     * @param temperatures of the routing that are tried
     * @param bootstrap how intervals are made
     */
    public record Measuring(int chosen, List<Double> temperatures, BootstrapSettings bootstrap) {
        public Measuring {
            temperatures = List.copyOf(temperatures);
            if (chosen < 1 || temperatures.isEmpty() || temperatures.stream().anyMatch(t -> !(t > 0))) {
                throw new IllegalArgumentException("expected retort.clusters.chosen of at least 1 and positive"
                        + " temperatures, found " + chosen + " and " + temperatures);
            }
        }
    }

    /** The spec that the settings make. */
    public static ManyExpertsSpec of(Settings settings) {
        Config config = settings.config().getConfig("clusters");
        requireNothingElse(settings.config().getConfig("distil"));
        DistilSpec plain = DistilSpec.of(settings);
        ExpertSpec.Loss loss = ExpertSpec.Loss.of(settings.config().getConfig("distil"));
        GroupingSpec groups = new GroupingSpec(
                plain.bytes().logits().corpus(),
                Grouping.CLUSTER,
                new ClusterSettings(
                        config.getInt("count"),
                        config.getInt("buckets"),
                        config.getInt("dimensions"),
                        config.getInt("iterations"),
                        config.getDouble("largest"),
                        plain.seed()),
                config.getInt("beginning-bytes"));
        GroupingSpec mixed = groups.with(Grouping.MIXED);
        String everything = mixed.groups().get(0);
        ExpertSpec expert = ExpertSpec.of(everything, loss, config, "retort.clusters");
        int sharedSteps = config.getInt("shared-steps");
        List<DistilSpec> shared = new ArrayList<>();
        InitialWeights start = InitialWeights.DRAWN;
        if (sharedSteps > 0) {
            ExpertSpec first = expert.named(SHARED).trained(sharedSteps);
            DistilSpec spec = plain.of(mixed, List.of(first), InitialWeights.DRAWN);
            shared.add(spec);
            start = InitialWeights.of(spec, first);
        }
        Measuring measuring = new Measuring(
                config.getInt("chosen"), config.getDoubleList("temperatures"), EvaluateOptions.bootstrap(settings));
        return new ManyExpertsSpec(
                groups,
                shared,
                plain.of(groups, experts(groups, expert), start),
                plain.of(groups.with(Grouping.RANDOM), experts(groups.with(Grouping.RANDOM), expert), start),
                plain.of(mixed, dense(config, expert, measuring.chosen()), InitialWeights.DRAWN),
                measuring);
    }

    private static void requireNothingElse(Config distil) {
        boolean plain = distil.getInt("rounds") == 0
                && distil.getString("control").equalsIgnoreCase("none")
                && distil.getString("init-from").isEmpty();
        if (!plain) {
            throw new IllegalArgumentException("expected experts of clusters without retort.distil.rounds, control and"
                    + " init-from, found " + distil.getInt("rounds") + ", " + distil.getString("control") + " and \""
                    + distil.getString("init-from") + "\"");
        }
    }

    private static List<ExpertSpec> experts(GroupingSpec groups, ExpertSpec like) {
        return groups.groups().stream()
                .map(group -> like.named(group).of(group))
                .toList();
    }

    private static List<ExpertSpec> dense(Config config, ExpertSpec expert, int chosen) {
        int count = config.getInt("count");
        long steps =
                config.getInt("shared-steps") + (long) count * expert.training().steps();
        long each = expert.parameters();
        return List.of(
                expert.named(DENSE_ONE).trained(share(steps, config, "one-share")),
                expert.named(DENSE_CHOSEN)
                        .sized(Math.multiplyExact(Math.min(chosen, count), each))
                        .trained(share(steps, config, "chosen-share")),
                expert.named(DENSE_ALL)
                        .sized(Math.multiplyExact(count, each))
                        .trained(share(steps, config, "all-share")));
    }

    private static int share(long steps, Config config, String key) {
        double share = config.getDouble("dense." + key);
        if (!(share > 0)) {
            throw new IllegalArgumentException("expected a positive retort.clusters.dense." + key + ", found " + share);
        }
        return Math.toIntExact(Math.max(1, Math.round(steps * share)));
    }

    /** The groups without distinction. */
    GroupingSpec mixed() {
        return groups.with(Grouping.MIXED);
    }

    /** The trainings in the order in which each has what it needs. */
    List<DistilSpec> trainings() {
        List<DistilSpec> trainings = new ArrayList<>(shared);
        trainings.addAll(List.of(clusters, random, dense));
        return trainings;
    }

    @Override
    public Workspace workspace() {
        return groups.workspace();
    }

    @Override
    public long seed() {
        return groups.seed();
    }

    /** The report's id. */
    String reportId() {
        return ContentId.of(
                "clusters",
                Map.of(
                        "version",
                        VERSION,
                        "experts",
                        trainings().stream().map(DistilSpec::expertsId).toList(),
                        "measuring",
                        measuring));
    }
}
