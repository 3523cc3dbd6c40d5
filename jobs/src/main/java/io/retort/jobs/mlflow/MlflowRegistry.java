package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.leases.Lease;
import io.retort.jobs.leases.Leases;
import io.retort.jobs.registry.AliasLog;
import io.retort.jobs.registry.AliasMove;
import io.retort.jobs.registry.ModelRegistry;
import io.retort.jobs.registry.ModelVersion;
import io.retort.jobs.registry.MoveReason;
import io.retort.jobs.registry.PublishedBundle;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * MLflow's registry. MLflow moves an alias without asking where it was: runs over one workspace take turns by its leases, and
 * workspaces that share a server by {@link Turns}. The audit log is in the workspace, where a move is written before it is
 * made, and as tags of the registered model.
 */
public final class MlflowRegistry implements ModelRegistry {
    static final String REPORT = "report.zip";
    private static final int LONGEST_TAG = 4000;

    private final MlflowServer server;
    private final String experiment;
    private final Storage storage;
    private final Workspace workspace;
    private final Leases leases;
    private final Turns turns;
    private final Clock clock;

    /**
     * @param leases the workspace's
     * @param turns the server's
     */
    MlflowRegistry(
            MlflowServer server,
            String experiment,
            Storage storage,
            Workspace workspace,
            Leases leases,
            Turns turns,
            Clock clock) {
        this.server = server;
        this.experiment = experiment;
        this.storage = storage;
        this.workspace = workspace;
        this.leases = leases;
        this.turns = turns;
        this.clock = clock;
    }

    @Override
    public String place() {
        return server.url();
    }

    @Override
    public Registration register(PublishedBundle bundle) throws IOException, InterruptedException {
        try (Lease lease = lease(bundle.model())) {
            Optional<ModelVersion> there = first(bundle);
            if (there.isPresent()) {
                return new Registration(there.get(), false);
            }
            LoggedModels.Logged logged = new LoggedModels(server, storage, experiment).log(bundle, clock.instant());
            try {
                server.postOnce("registered-models/create", Map.of("name", bundle.model()));
            } catch (MlflowException e) {
                if (!e.isThere()) {
                    throw e;
                }
            }
            int made = create(bundle, logged);
            // Another workspace may have registered the same bundle at the same time. All keep the same.
            ModelVersion first = first(bundle)
                    .orElseThrow(() -> new IOException("expected version " + made + " of " + bundle.model() + " in "
                            + server.url() + ", found that it is gone again"));
            if (first.version() != made) {
                server.delete("model-versions/delete", Map.of("name", bundle.model(), "version", String.valueOf(made)));
            }
            return new Registration(first, first.version() == made);
        }
    }

    private Optional<ModelVersion> first(PublishedBundle bundle) throws IOException, InterruptedException {
        return versions(bundle.model()).stream()
                .filter(version -> version.digest().equals(bundle.digest()))
                .findFirst();
    }

    private int create(PublishedBundle bundle, LoggedModels.Logged logged) throws IOException, InterruptedException {
        return server.postOnce(
                        "model-versions/create",
                        Map.of(
                                "name",
                                bundle.model(),
                                "source",
                                "models:/" + logged.model(),
                                "run_id",
                                logged.run(),
                                "model_id",
                                logged.model(),
                                "tags",
                                Experiments.list(ListedVersions.tags(bundle, logged.reportDigest()))))
                .path("model_version")
                .path("version")
                .asInt();
    }

    @Override
    public List<ModelVersion> versions(String model) throws IOException, InterruptedException {
        return new ListedVersions(server).of(model);
    }

    @Override
    public int alias(String model, String alias) throws IOException, InterruptedException {
        try {
            return server.get("registered-models/alias", Map.of("name", model, "alias", alias))
                    .path("model_version")
                    .path("version")
                    .asInt();
        } catch (MlflowException e) {
            // A model that is not there is missing; an alias that is not there is a wrong parameter to MLflow.
            if (e.isMissing() || e.code().equals("INVALID_PARAMETER_VALUE")) {
                return AliasMove.NONE;
            }
            throw e;
        }
    }

    @Override
    public boolean move(AliasMove move) throws IOException, InterruptedException {
        if (move.to() != AliasMove.NONE) {
            version(move.model(), move.to());
        }
        try (Lease lease = lease(move.model())) {
            Turns.Turn turn = turns.take(new ListedVersions(server).firstRun(move.model()), move);
            if (!isNext(move)) {
                turns.end(turn, "not moved");
                return false;
            }
            if (!turns.lasts(turn)) {
                turns.end(turn, "not moved");
                throw new IOException("expected to move " + move.alias() + " of " + move.model()
                        + " soon after it was this run's turn, found that it was held up; try again");
            }
            make(move, turn);
            if (!turns.end(turn, "moved to " + move.to()) || alias(move.model(), move.alias()) != move.to()) {
                throw new IOException("expected " + move.alias() + " of " + move.model() + " in " + server.url()
                        + " to stay at version " + move.to() + ", found that others moved it at the same time, to "
                        + alias(move.model(), move.alias()) + "; look which version it is to be");
            }
            return true;
        }
    }

    /** Records where the alias is if the log does not have it there, and then the move, if it begins there. */
    private boolean isNext(AliasMove move) throws IOException, InterruptedException {
        AliasLog log = log(move.model());
        int found = alias(move.model(), move.alias());
        int logged = log.target(move.alias());
        AliasMove others = AliasMove.by(move.model(), move.alias(), MoveReason.FOUND, logged, found, clock.instant());
        return (found == logged || record(log, others)) && found == move.from() && record(log, move);
    }

    private void make(AliasMove move, Turns.Turn turn) throws IOException, InterruptedException {
        Map<String, Object> alias = new TreeMap<>(Map.of("name", move.model(), "alias", move.alias()));
        try {
            if (move.to() == AliasMove.NONE) {
                server.delete("registered-models/alias", alias);
            } else {
                alias.put("version", String.valueOf(move.to()));
                server.post("registered-models/alias", alias);
            }
        } catch (MlflowException e) {
            // What was refused is not made later. Of a call that had no answer that cannot be said: its turn stays.
            if (e.status() / 100 == 4) {
                turns.end(turn, "not moved");
            }
            throw e;
        }
    }

    /** Writes a move down where it is the next, and returns whether it is. */
    private boolean record(AliasLog log, AliasMove move) throws IOException, InterruptedException {
        if (!log.append(move)) {
            return false;
        }
        String text = Json.line(move);
        String key = "retort.move." + move.time().toString().replace(':', '.') + "." + move.alias();
        String value = text.length() <= LONGEST_TAG ? text : Json.line(move.checked(passed(move)));
        server.post("registered-models/set-tag", Map.of("name", move.model(), "key", key, "value", value));
        return true;
    }

    /** Of a report that is too long for a tag, whether it passed; all of it is in the workspace's log. */
    private static JsonNode passed(AliasMove move) {
        return Json.parse("{\"passed\":" + move.gates().path("passed").asBoolean() + "}", JsonNode.class);
    }

    @Override
    public List<AliasMove> moves(String model) throws IOException {
        return log(model).moves();
    }

    @Override
    public Location report(ModelVersion version) throws IOException, InterruptedException {
        return files(version).report(version);
    }

    @Override
    public Optional<Location> bundle(ModelVersion version) throws IOException, InterruptedException {
        return Optional.of(files(version).bundle(version));
    }

    /** Tags can be changed; what the audit log has seen of a version cannot. */
    private VersionFiles files(ModelVersion version) throws IOException {
        SortedMap<String, String> recorded = new TreeMap<>();
        moves(version.model()).forEach(move -> recorded.putAll(move.digests()));
        require(recorded, String.valueOf(version.version()), version.digest(), version);
        require(recorded, AliasMove.reportOf(version.version()), version.reportDigest(), version);
        return new VersionFiles(server, storage, workspace);
    }

    private void require(SortedMap<String, String> recorded, String name, String tag, ModelVersion version) {
        String expected = recorded.getOrDefault(name, tag);
        if (!expected.equals(tag)) {
            throw new InvalidDataException("expected digest " + expected + " of " + name + " of " + version.model()
                    + " by the audit log, found " + tag + " as its tag in " + server.url()
                    + ": the tag was changed, or the version was replaced");
        }
    }

    private Lease lease(String model) throws IOException, InterruptedException {
        return leases.acquire("registry-" + model, "registry");
    }

    private AliasLog log(String model) {
        return new AliasLog(storage, workspace.registry(model).resolve("mlflow-log"));
    }
}
