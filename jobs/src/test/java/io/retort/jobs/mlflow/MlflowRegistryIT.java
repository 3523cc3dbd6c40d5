package io.retort.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.registry.Alias;
import io.retort.jobs.registry.AliasMove;
import io.retort.jobs.registry.ModelRegistry;
import io.retort.jobs.registry.MoveReason;
import io.retort.jobs.registry.RegistrySettings;
import io.retort.jobs.registry.RegistrySuite;
import io.retort.jobs.registry.RollbackJob;
import io.retort.jobs.registry.RollbackSpec;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The suite of all registries on a real server, and what is MLflow's alone. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MlflowRegistryIT extends RegistrySuite {
    private final String model = "tiny-" + UUID.randomUUID().toString().substring(0, 8);

    @Override
    protected String model() {
        return model;
    }

    @Override
    protected ModelRegistry registry() throws IOException, InterruptedException {
        return registry("workspace");
    }

    /** The registry as a workspace sees it. */
    private ModelRegistry registry(String workspace) throws IOException, InterruptedException {
        return new SettingsRegistries(Progress.SILENT).open(Storage.local(), workspace(workspace), settings());
    }

    private Workspace workspace(String name) {
        return Workspace.at(directory.resolve(name).toString());
    }

    private RegistrySettings settings() throws IOException, InterruptedException {
        return new RegistrySettings(MlflowProcess.shared().url(), "registry of " + model, 120);
    }

    private MlflowServer server() throws IOException, InterruptedException {
        return new MlflowServer(
                MlflowProcess.shared().url(), Credentials.of(Map.of()), Patience.each(Duration.ofMinutes(2)));
    }

    private AliasMove move(MoveReason reason, int from, int to) {
        return AliasMove.by(model, Alias.CHAMPION, reason, from, to, Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void aMoveByOthersIsFoundAndRecordedBeforeTheNext() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        registry.register(bundle("two"));
        registry.move(move(MoveReason.PROMOTED, 0, 1));
        server().post("registered-models/alias", Map.of("name", model, "alias", "champion", "version", "2"));

        assertThat(registry.move(move(MoveReason.ROLLED_BACK, 1, 2))).isFalse();
        assertThat(registry.move(move(MoveReason.ROLLED_BACK, 2, 1))).isTrue();

        assertThat(registry.moves(model))
                .extracting(AliasMove::reason)
                .containsExactly(MoveReason.PROMOTED, MoveReason.FOUND, MoveReason.ROLLED_BACK);
        assertThat(registry.alias(model, Alias.CHAMPION)).isEqualTo(1);
    }

    @Test
    void aPromotionThatWasRecordedAndNotMadeIsFoundAndNothingToGoBackTo() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        registry.register(bundle("two"));
        registry.move(move(MoveReason.PROMOTED, 0, 1));
        registry.move(move(MoveReason.PROMOTED, 1, 2));
        // As if the server had not made the last move: it has the champion from before.
        server().post("registered-models/alias", Map.of("name", model, "alias", "champion", "version", "1"));
        RollbackJob rollback = new RollbackJob(new SettingsRegistries(Progress.SILENT));
        RollbackSpec spec = new RollbackSpec(workspace("workspace"), 1, settings(), model);

        assertThatThrownBy(() -> rollback.plan(spec)).hasMessageContaining("found none to go back to");
        assertThat(registry.move(move(MoveReason.PROMOTED, 2, 1))).isFalse();
        assertThatThrownBy(() -> rollback.plan(spec)).hasMessageContaining("found none to go back to");
    }

    @Test
    void aliasesMoveAlthoughTheRunOfTheFirstVersionWasDeletedInMlflow() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        registry.register(bundle("two"));
        assertThat(registry.move(move(MoveReason.PROMOTED, 0, 1))).isTrue();
        String run = new ListedVersions(server()).firstRun(model);
        server().post("runs/delete", Map.of("run_id", run));

        assertThat(registry.move(move(MoveReason.PROMOTED, 1, 2))).isTrue();

        assertThat(registry.alias(model, Alias.CHAMPION)).isEqualTo(2);
        server().post("runs/restore", Map.of("run_id", run));
        assertThat(new ListedVersions(server()).firstRun(model)).isEqualTo(run);
        assertThat(registry.move(move(MoveReason.ROLLED_BACK, 2, 1))).isTrue();
    }

    @Test
    void everyMoveIsATagOfTheRegisteredModel() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        registry.move(move(MoveReason.PROMOTED, 0, 1));

        assertThat(server().get("registered-models/get", Map.of("name", model)).toString())
                .contains("retort.move.2026-01-02T03.04.05Z.champion")
                .contains("PROMOTED");
    }

    @Test
    void aRegistrationThatWasKilledBeforeItsVersionLeavesOneRunAndOneModel() throws Exception {
        // All but the last call of a registration, twice: what two runs that were killed have done.
        LoggedModels models = new LoggedModels(server(), Storage.local(), "registry of " + model);
        LoggedModels.Logged first = models.log(bundle("one"), Instant.now());
        LoggedModels.Logged second = models.log(bundle("one"), Instant.now());
        ModelRegistry registry = registry();

        assertThat(registry.register(bundle("one")).isNew()).isTrue();

        assertThat(second).isEqualTo(first);
        assertThat(registry.versions(model)).hasSize(1);
        String experiment = new Experiments(server()).id("registry of " + model);
        assertThat(server().post("runs/search", Map.of("experiment_ids", List.of(experiment)))
                        .path("runs"))
                .hasSize(1);
        assertThat(server().post("logged-models/search", Map.of("experiment_ids", List.of(experiment)))
                        .path("models"))
                .hasSize(1);
    }
}
