package io.retort.jobs.route;

import com.typesafe.config.Config;
import io.retort.distill.routing.Descent;
import io.retort.distill.routing.RouterTrainingSettings;
import io.retort.inference.routing.PromptFeatures;
import io.retort.inference.routing.RouterConfig;
import io.retort.jobs.Spec;
import io.retort.jobs.config.InvalidSettingException;
import io.retort.jobs.config.Settings;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.ExpertSpec;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.List;
import java.util.Map;

/**
 * What router to train.
 *
 * @param experts the spec of the experts
 * @param training what the router looks like and how it is trained
 */
public record RouteSpec(DistilSpec experts, RouterTrainingSettings training) implements Spec {
    /** Raised when equal specs give another router than before. */
    private static final int VERSION = 3;

    /** The spec that the settings make. */
    public static RouteSpec of(Settings settings) {
        Config route = settings.config().getConfig("route");
        DistilSpec experts = DistilSpec.of(settings);
        try {
            RouterTrainingSettings training = training(route, experts.seed());
            // A router that cannot be is found before a long run and not after it.
            List<String> names =
                    experts.distilled().stream().map(ExpertSpec::name).toList();
            new RouterConfig(names, training.features(), training.hidden(), training.chosen());
            return new RouteSpec(experts, training);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("retort.route: " + e.getMessage(), e);
        }
    }

    private static RouterTrainingSettings training(Config route, long seed) {
        return new RouterTrainingSettings(
                new PromptFeatures(route.getInt("buckets"), route.getInt("window-bytes")),
                route.getInt("hidden"),
                route.getInt("chosen"),
                route.getDouble("temperature"),
                route.getDouble("false-positive-rate"),
                new Descent(
                        route.getDouble("learning-rate"),
                        route.getDouble("l2"),
                        route.getInt("epochs"),
                        route.getInt("batch"),
                        seed));
    }

    @Override
    public Workspace workspace() {
        return experts.workspace();
    }

    @Override
    public long seed() {
        return experts.seed();
    }

    /** The router's id. */
    public String routerId() {
        return ContentId.of(
                "router", Map.of("version", VERSION, "experts", experts.distilledId(), "training", training));
    }
}
