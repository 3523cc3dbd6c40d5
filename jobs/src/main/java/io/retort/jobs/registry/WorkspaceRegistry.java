package io.retort.jobs.registry;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.leases.Lease;
import io.retort.jobs.leases.Leases;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A registry in the workspace: {@code registry/<model>/versions/<n>} with the bundle, its report and, written last,
 * {@code version.json}; {@code registry/<model>/log} with every move of an alias. The log is the only place that says where an
 * alias points: a move and its record are the same file, which appears whole or not at all.
 */
public final class WorkspaceRegistry implements ModelRegistry {
    private static final String VERSION_FILE = "version.json";
    private static final String BUNDLE = "bundle";
    private static final String REPORT = "report";

    private final Storage storage;
    private final Workspace workspace;
    private final Leases leases;
    private final Clock clock;

    public WorkspaceRegistry(Storage storage, Workspace workspace, Leases leases, Clock clock) {
        this.storage = storage;
        this.workspace = workspace;
        this.leases = leases;
        this.clock = clock;
    }

    @Override
    public String place() {
        return workspace.root().resolve("registry").toString();
    }

    @Override
    public Registration register(PublishedBundle bundle) throws IOException, InterruptedException {
        try (Lease lease = lease(bundle.model())) {
            List<ModelVersion> versions = versions(bundle.model());
            for (ModelVersion version : versions) {
                if (version.digest().equals(bundle.digest())) {
                    return new Registration(version, false);
                }
            }
            int number =
                    versions.isEmpty() ? 1 : versions.get(versions.size() - 1).version() + 1;
            Location directory = directory(bundle.model(), number);
            // Without its last file it is what a run that was killed has left.
            storage.delete(directory);
            Location source = Location.of(bundle.directory().toAbsolutePath().toString());
            copy(Storage.local(), source, directory.resolve(BUNDLE));
            copy(storage, bundle.report(), directory.resolve(REPORT));
            ModelVersion version = bundle.numbered(number, clock.instant());
            Json.write(storage, directory.resolve(VERSION_FILE), version);
            return new Registration(version, true);
        }
    }

    private void copy(Storage from, Location source, Location target) throws IOException {
        for (Location file : from.everyFileBelow(source)) {
            String path = file.value().substring(source.value().length() + 1);
            boolean hidden = Path.of(path).getFileName().toString().startsWith(".");
            if (hidden) {
                continue;
            }
            try (InputStream in = from.open(file)) {
                storage.write(target.resolve(path), in);
            }
        }
    }

    @Override
    public List<ModelVersion> versions(String model) throws IOException {
        List<ModelVersion> versions = new ArrayList<>();
        for (Location directory : storage.list(home(model).resolve("versions"))) {
            if (storage.exists(directory.resolve(VERSION_FILE))) {
                versions.add(Json.read(storage, directory.resolve(VERSION_FILE), ModelVersion.class));
            }
        }
        versions.sort(Comparator.comparingInt(ModelVersion::version));
        return List.copyOf(versions);
    }

    @Override
    public int alias(String model, String alias) throws IOException {
        return log(model).target(alias);
    }

    @Override
    public boolean move(AliasMove move) throws IOException, InterruptedException {
        if (move.to() != AliasMove.NONE) {
            version(move.model(), move.to());
        }
        try (Lease lease = lease(move.model())) {
            return log(move.model()).append(move);
        }
    }

    @Override
    public List<AliasMove> moves(String model) throws IOException {
        return log(model).moves();
    }

    @Override
    public Location report(ModelVersion version) {
        return directory(version.model(), version.version()).resolve(REPORT);
    }

    @Override
    public Optional<Location> bundle(ModelVersion version) {
        return Optional.of(directory(version.model(), version.version()).resolve(BUNDLE));
    }

    private Lease lease(String model) throws IOException, InterruptedException {
        return leases.acquire("registry-" + model, "registry");
    }

    private AliasLog log(String model) {
        return new AliasLog(storage, home(model).resolve("log"));
    }

    private Location home(String model) {
        return workspace.registry(model);
    }

    private Location directory(String model, int number) {
        return home(model).resolve("versions/" + number);
    }
}
