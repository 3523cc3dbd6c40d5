package io.retort.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.storage.Location;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.registry.ModelRegistry.Registration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every registry promises. */
public abstract class RegistrySuite {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    protected Path directory;

    /** A registry in which nobody has registered {@link #model}. */
    protected abstract ModelRegistry registry() throws IOException, InterruptedException;

    /** The model of this test. */
    protected String model() {
        return "tiny";
    }

    /** A bundle whose content is the text. */
    protected PublishedBundle bundle(String text) throws IOException {
        Path bundle = Files.createDirectories(directory.resolve("made/" + text));
        Files.writeString(bundle.resolve("manifest.json"), text);
        Path report = Files.createDirectories(directory.resolve("reports/" + text));
        Files.writeString(report.resolve("results.json"), "{\"report of\":\"" + text + "\"}");
        Files.createDirectories(report.resolve("samples"));
        Files.writeString(report.resolve("samples/math.parquet"), "rows of " + text);
        TreeMap<String, String> madeFrom = new TreeMap<>();
        madeFrom.put("corpus", "c0ffee");
        return new PublishedBundle(
                bundle,
                model(),
                "1.0.0",
                Sha256.hex(text.getBytes(StandardCharsets.UTF_8)),
                Location.of(report.toString()),
                madeFrom);
    }

    private AliasMove champion(int from, int to) {
        return AliasMove.by(model(), Alias.CHAMPION, MoveReason.PROMOTED, from, to, TIME);
    }

    @Test
    void aModelThatNobodyRegisteredHasNoVersionsAndNoAliases() throws Exception {
        ModelRegistry registry = registry();

        assertThat(registry.versions(model())).isEmpty();
        assertThat(registry.alias(model(), Alias.CHAMPION)).isEqualTo(AliasMove.NONE);
        assertThat(registry.moves(model())).isEmpty();
        assertThatThrownBy(() -> registry.version(model(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found no 1 among 0");
    }

    @Test
    void bundlesBecomeVersionsInTheirOrderAndTheSameDigestIsTheSameVersion() throws Exception {
        ModelRegistry registry = registry();

        Registration one = registry.register(bundle("one"));
        Registration two = registry.register(bundle("two"));
        Registration again = registry.register(bundle("one"));

        assertThat(one.isNew()).isTrue();
        assertThat(two.isNew()).isTrue();
        assertThat(again.isNew()).isFalse();
        assertThat(again.version()).isEqualTo(one.version());
        assertThat(registry.versions(model())).containsExactly(one.version(), two.version());
        assertThat(two.version().version()).isEqualTo(2);
        assertThat(registry.version(model(), 2).digest())
                .isEqualTo(bundle("two").digest());
        assertThat(registry.version(model(), 2).report()).isEqualTo("two");
        assertThat(registry.version(model(), 2).madeFrom()).containsEntry("corpus", "c0ffee");
    }

    @Test
    void theReportOfAVersionStaysWhenTheWorkspacesIsGone() throws Exception {
        ModelRegistry registry = registry();
        ModelVersion version = registry.register(bundle("one")).version();

        Path report = directory.resolve("reports/one");
        Files.delete(report.resolve("results.json"));
        Files.delete(report.resolve("samples/math.parquet"));

        Path kept = Path.of(registry.report(version).value());
        assertThat(kept.resolve("results.json")).hasContent("{\"report of\":\"one\"}");
        assertThat(kept.resolve("samples/math.parquet")).hasContent("rows of one");
    }

    @Test
    void anAliasMovesOnlyFromWhereItIsAndEveryMoveIsInTheLog() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        registry.register(bundle("two"));

        assertThat(registry.move(champion(0, 1))).isTrue();
        assertThat(registry.move(champion(0, 2))).isFalse();
        assertThat(registry.alias(model(), Alias.CHAMPION)).isEqualTo(1);
        assertThat(registry.move(champion(1, 2))).isTrue();

        assertThat(registry.alias(model(), Alias.CHAMPION)).isEqualTo(2);
        assertThat(registry.alias(model(), Alias.CHALLENGER)).isEqualTo(AliasMove.NONE);
        assertThat(registry.moves(model())).containsExactly(champion(0, 1), champion(1, 2));
    }

    @Test
    void anAliasIsRemovedByAMoveToNone() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        registry.move(champion(0, 1));

        assertThat(registry.move(champion(1, 0))).isTrue();

        assertThat(registry.alias(model(), Alias.CHAMPION)).isEqualTo(AliasMove.NONE);
    }

    @Test
    void anAliasDoesNotMoveToAVersionThatIsNotThere() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));

        assertThatThrownBy(() -> registry.move(champion(0, 7))).isInstanceOf(IllegalArgumentException.class);
        assertThat(registry.alias(model(), Alias.CHAMPION)).isEqualTo(AliasMove.NONE);
    }

    @Test
    void ofManyThatMoveAnAliasAtOnceOneSucceeds() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> movers = new ArrayList<>();
            for (int mover = 0; mover < 4; mover++) {
                movers.add(() -> registry.move(champion(0, 1)));
            }
            int moved = 0;
            for (Future<Boolean> mover : threads.invokeAll(movers)) {
                moved += mover.get() ? 1 : 0;
            }
            assertThat(moved).isEqualTo(1);
            assertThat(registry.moves(model())).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
