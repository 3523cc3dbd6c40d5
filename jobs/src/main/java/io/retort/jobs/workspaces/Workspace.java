package io.retort.jobs.workspaces;

import com.fasterxml.jackson.annotation.JsonValue;
import io.retort.datasets.storage.Location;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The directory all jobs share, on any Hadoop filesystem. Its parts are named by the ids of what they hold.
 *
 * @param root an absolute path or a URI
 */
public record Workspace(Location root) implements Serializable {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    /** The workspace at a local path, which may be relative, or at a URI. */
    public static Workspace at(String location) {
        if (location.isBlank()) {
            throw new IllegalArgumentException("expected a path or URI as the workspace, found nothing");
        }
        boolean uri = SCHEME.matcher(location).matches();
        return new Workspace(Location.of(
                uri ? location : Path.of(location).toAbsolutePath().normalize().toString()));
    }

    public Location corpus(String id) {
        return root.resolve("corpora/" + id);
    }

    /** All logit datasets. */
    public Location logits() {
        return root.resolve("logits");
    }

    public Location logits(String id) {
        return root.resolve("logits/" + id);
    }

    public Location bytes(String id) {
        return root.resolve("bytes/" + id);
    }

    public Location experts(String id) {
        return root.resolve("experts/" + id);
    }

    /** One training of a sweep. */
    public Location trial(String id) {
        return root.resolve("trials/" + id);
    }

    public Location router(String id) {
        return root.resolve("routers/" + id);
    }

    public Location reports(String id) {
        return root.resolve("reports/" + id);
    }

    /** Two reports compared. */
    public Location comparison(String id) {
        return root.resolve("comparisons/" + id);
    }

    /** What a served teacher was found to be. */
    public Location teacher(String id) {
        return root.resolve("teachers/" + id + ".json");
    }

    /** All versions of a bundle. */
    public Location bundles(String name) {
        return root.resolve("bundles/" + name);
    }

    /** Versions of a model and the log of its aliases. */
    public Location registry(String model) {
        return root.resolve("registry/" + model);
    }

    /** What MLflow was not told yet. */
    public Location outbox() {
        return root.resolve("mlflow/outbox");
    }

    /** Everything that may be made under an id. */
    public List<Location> made(String id) {
        return List.of(corpus(id), logits(id), bytes(id), experts(id), router(id), reports(id));
    }

    /** Who is making what. */
    public Location leases() {
        return root.resolve("leases");
    }

    /** The records of all runs. */
    public Location runs() {
        return root.resolve("runs");
    }

    public Location run(String id) {
        return runs().resolve(id);
    }

    /** The root as a path, where it is on this machine's own filesystem. */
    public Optional<Path> local() {
        if (!SCHEME.matcher(root.value()).matches()) {
            return Optional.of(Path.of(root.value()));
        }
        URI uri = URI.create(root.value());
        return "file".equals(uri.getScheme()) ? Optional.of(Path.of(uri.getPath())) : Optional.empty();
    }

    /** The way a person writes it. */
    @JsonValue
    @Override
    public String toString() {
        return root.value();
    }
}
