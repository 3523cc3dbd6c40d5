package io.retort.jobs.registry;

import io.retort.datasets.storage.Location;
import java.io.IOException;
import java.util.List;

/**
 * Versions of models and the aliases that point at them. Versions never change; an alias moves as a whole or not at all,
 * also where a process is killed; every move is in the audit log.
 */
public interface ModelRegistry {
    /** Where it is, for people. */
    String place();

    /** What became of a bundle. */
    record Registration(ModelVersion version, boolean isNew) {}

    /** Makes a bundle the next version of the model of its name; a bundle with the same digest is the same version. */
    Registration register(PublishedBundle bundle) throws IOException, InterruptedException;

    /** All versions of a model, the first first; none of a model that nobody registered. */
    List<ModelVersion> versions(String model) throws IOException, InterruptedException;

    /** The version that an alias points at, 0 for none. */
    int alias(String model, String alias) throws IOException, InterruptedException;

    /**
     * Moves an alias and records it, if it still points at {@link AliasMove#from}; removes it where {@link AliasMove#to} is 0.
     *
     * @return whether it was moved
     */
    boolean move(AliasMove move) throws IOException, InterruptedException;

    /** The audit log of a model, the first move first. */
    List<AliasMove> moves(String model) throws IOException, InterruptedException;

    /** Where the report of a version is: a directory with results.json. */
    Location report(ModelVersion version) throws IOException, InterruptedException;

    /** One version of a model. */
    default ModelVersion version(String model, int number) throws IOException, InterruptedException {
        List<ModelVersion> versions = versions(model);
        return versions.stream()
                .filter(version -> version.version() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a version of " + model + " in " + place()
                        + ", found no " + number + " among " + versions.size() + "; retort publish registers one"));
    }
}
