package io.retort.jobs.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.bundles.Checksums;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.leases.Leases;
import io.retort.jobs.leases.Timing;
import io.retort.jobs.progress.Notes;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.registry.Alias;
import io.retort.jobs.registry.AliasMove;
import io.retort.jobs.registry.ModelRegistry;
import io.retort.jobs.registry.ModelVersion;
import io.retort.jobs.registry.MoveReason;
import io.retort.jobs.registry.PublishedBundle;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several workspaces over one real server: who moves an alias, and what one is given of what another has published. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SharedRegistryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory = Path.of("unset");

    private final String model = "shared-" + UUID.randomUUID().toString().substring(0, 8);

    private MlflowServer server() throws IOException, InterruptedException {
        return new MlflowServer(MlflowProcess.shared().url(), Credentials.of(Map.of()), Patience.each(PATIENCE));
    }

    private ModelRegistry registry(String workspace) throws IOException, InterruptedException {
        return registry(workspace, Turns.of(server(), PATIENCE, Progress.SILENT));
    }

    private ModelRegistry registry(String name, Turns turns) throws IOException, InterruptedException {
        Workspace workspace = Workspace.at(directory.resolve(name).toString());
        return new MlflowRegistry(
                server(),
                "registry of " + model,
                Storage.local(),
                workspace,
                new Leases(Storage.local(), workspace.leases(), Timing.STANDARD, Progress.SILENT),
                turns,
                Clock.systemUTC());
    }

    /** Files with their digests, as a bundle has them. */
    private PublishedBundle bundle(String text) throws IOException {
        Path bundle = Files.createDirectories(directory.resolve("made/" + text));
        Files.writeString(bundle.resolve("manifest.json"), text);
        Files.writeString(Files.createDirectories(bundle.resolve("experts")).resolve("math.json"), "expert " + text);
        Map<String, String> digests = new TreeMap<>();
        digests.put("manifest.json", Sha256.hex(bundle.resolve("manifest.json")));
        digests.put("experts/math.json", Sha256.hex(bundle.resolve("experts/math.json")));
        Files.write(bundle.resolve("SHA256SUMS"), new Checksums(digests).toBytes());
        Path report = Files.createDirectories(directory.resolve("reports/" + text));
        Files.writeString(report.resolve("results.json"), "{\"report of\":\"" + text + "\"}");
        return new PublishedBundle(
                bundle,
                model,
                "1.0.0",
                Sha256.hex(bundle.resolve("SHA256SUMS")),
                Location.of(report.toString()),
                new TreeMap<>());
    }

    private AliasMove champion(int from, int to) {
        return AliasMove.by(model, Alias.CHAMPION, MoveReason.PROMOTED, from, to, Instant.now());
    }

    private JsonNode version(int number) throws IOException, InterruptedException {
        return server().get("model-versions/get", Map.of("name", model, "version", String.valueOf(number)))
                .path("model_version");
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(calls.size());
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Future<T>> started = new ArrayList<>();
            for (Callable<T> call : calls) {
                started.add(threads.submit(() -> {
                    barrier.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : started) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ofWorkspacesThatMoveAnAliasAtOnceOneSucceedsAndTheAliasIsWhereThatOneMovedIt() throws Exception {
        List<Callable<Integer>> movers = new ArrayList<>();
        for (int to = 1; to <= 4; to++) {
            ModelRegistry registry = registry("workspace" + to);
            registry.register(bundle("of " + to));
            int target = to;
            movers.add(() -> registry.move(champion(0, target)) ? target : 0);
        }

        List<Integer> moved = new ArrayList<>(together(movers));

        moved.removeIf(to -> to == 0);
        assertThat(moved).hasSize(1);
        assertThat(registry("another").alias(model, Alias.CHAMPION)).isEqualTo(moved.get(0));
    }

    @Test
    void workspacesThatRegisterTheSameBundleAtOnceHaveOneVersion() throws Exception {
        PublishedBundle bundle = bundle("same");
        List<Callable<ModelRegistry.Registration>> makers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ModelRegistry registry = registry("workspace" + i);
            makers.add(() -> registry.register(bundle));
        }

        List<ModelRegistry.Registration> made = together(makers);

        List<ModelVersion> there = registry("another").versions(model);
        assertThat(there).hasSize(1);
        assertThat(made).extracting(ModelRegistry.Registration::version).containsOnly(there.get(0));
    }

    @Test
    void theTurnOfARunThatWasKilledIsGivenUpAndARunThatWasOnlyHeldUpLearnsIt() throws Exception {
        Notes notes = new Notes();
        Turns impatient = new Turns(server(), Duration.ofSeconds(1), notes);
        ModelRegistry registry = registry("workspace", impatient);
        registry.register(bundle("one"));
        registry.register(bundle("two"));
        String run = version(1).path("run_id").asText();
        Turns.Turn heldUp = Turns.of(server(), PATIENCE, Progress.SILENT).take(run, champion(0, 1));

        assertThat(registry.move(champion(0, 2))).isTrue();

        assertThat(notes.lines).hasSize(2);
        assertThat(notes.lines.get(0))
                .contains("waiting up to 1 s for a run of ")
                .contains(" that moves champion since ");
        assertThat(notes.lines.get(1)).contains("its turn is given up");
        assertThat(impatient.end(heldUp, "moved to 1")).isFalse();
        assertThat(registry.move(champion(2, 1))).isTrue();
        assertThat(registry.alias(model, Alias.CHAMPION)).isEqualTo(1);
    }

    @Test
    void aMoveByAnotherWorkspaceIsFoundAndRecordedBeforeTheNext() throws Exception {
        ModelRegistry one = registry("one");
        ModelRegistry two = registry("two");
        one.register(bundle("one"));
        two.register(bundle("two"));
        one.move(champion(0, 1));

        assertThat(two.move(champion(0, 2))).isFalse();
        assertThat(two.move(champion(1, 2))).isTrue();

        assertThat(two.moves(model))
                .extracting(AliasMove::reason)
                .containsExactly(MoveReason.FOUND, MoveReason.PROMOTED);
        assertThat(one.alias(model, Alias.CHAMPION)).isEqualTo(2);
    }

    @Test
    void aWorkspaceThatHasNothingGetsAVersionsReportAndBundleFromTheServer() throws Exception {
        PublishedBundle made = bundle("one");
        registry("one").register(made);
        ModelRegistry other = registry("other");
        ModelVersion version = other.version(model, 1);

        Path fetched = Path.of(other.bundle(version).orElseThrow().value());

        for (String file : List.of("SHA256SUMS", "manifest.json", "experts/math.json")) {
            assertThat(fetched.resolve(file))
                    .hasSameBinaryContentAs(made.directory().resolve(file));
        }
        assertThat(Path.of(other.report(version).value()).resolve("results.json"))
                .hasContent("{\"report of\":\"one\"}");
    }

    @Test
    void aBundleOrReportThatWasChangedOnTheServerIsRefused() throws Exception {
        ModelRegistry registry = registry("workspace");
        ModelVersion version = registry.register(bundle("one")).version();
        String run = version(1).path("run_id").asText();
        String reports = server().get("runs/get", Map.of("run_id", run))
                .path("run")
                .path("info")
                .path("artifact_uri")
                .asText();
        String logged = version(1).path("source").asText().replace("models:/", "");
        String models = server().get("logged-models/" + logged, Map.of())
                .path("model")
                .path("info")
                .path("artifact_uri")
                .asText();

        server().put(reports, "report.zip", "no report".getBytes(StandardCharsets.UTF_8));
        server().put(models, "data/bundle/experts/math.json", "another".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> registry.report(version))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("expected report.zip of " + model + " version 1")
                .hasMessageContaining("it was changed since it was published");
        assertThatThrownBy(() -> registry.bundle(version))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("expected experts/math.json of " + model + " version 1");

        server().put(models, "data/bundle/SHA256SUMS", "".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> registry.bundle(version)).hasMessageContaining("expected SHA256SUMS of");
    }

    @Test
    void aTagThatWasChangedIsRefusedByTheAuditLog() throws Exception {
        ModelRegistry registry = registry("workspace");
        ModelVersion version = registry.register(bundle("one")).version();
        registry.move(champion(0, 1).of(version));

        for (String tag : List.of("retort.digest", "retort.report-sha256")) {
            String before = tag.equals("retort.digest") ? version.digest() : version.reportDigest();
            String changed = "0".repeat(64);
            server().post(
                            "model-versions/set-tag",
                            Map.of("name", model, "version", "1", "key", tag, "value", changed));
            ModelVersion told = registry.version(model, 1);
            assertThatThrownBy(() -> registry.report(told))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("expected digest " + before)
                    .hasMessageContaining("by the audit log, found " + changed);
            assertThatThrownBy(() -> registry.bundle(told)).isInstanceOf(InvalidDataException.class);
            server().post("model-versions/set-tag", Map.of("name", model, "version", "1", "key", tag, "value", before));
        }
    }
}
