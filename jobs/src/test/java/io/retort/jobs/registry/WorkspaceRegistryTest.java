package io.retort.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkspaceRegistryTest extends RegistrySuite {
    @Override
    protected ModelRegistry registry() {
        return Registries.IN_WORKSPACE.open(
                Storage.local(),
                Workspace.at(directory.resolve("workspace").toString()),
                new RegistrySettings("", "", 1));
    }

    private Path home() {
        return directory.resolve("workspace/registry/" + model());
    }

    private AliasMove move(int from, int to) {
        return AliasMove.by(
                model(), Alias.CHAMPION, MoveReason.PROMOTED, from, to, Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void whatARegistrationThatWasKilledLeftIsNoVersionAndTheNextOneReplacesIt() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        // Killed before the last file: everything but version.json is there, and a stray file with it.
        Files.delete(home().resolve("versions/1/version.json"));
        Files.writeString(home().resolve("versions/1/bundle/stray"), "of another bundle");

        assertThat(registry.versions(model())).isEmpty();
        ModelVersion version = registry.register(bundle("two")).version();

        assertThat(version.version()).isEqualTo(1);
        assertThat(home().resolve("versions/1/bundle/stray")).doesNotExist();
        assertThat(home().resolve("versions/1/bundle/manifest.json")).hasContent("two");
    }

    @Test
    void aVersionThatWasRegisteredBeforeReportsHadDigestsIsRead() throws Exception {
        ModelVersion version = registry().register(bundle("one")).version();
        Path file = home().resolve("versions/1/version.json");
        String text = Files.readString(file).replaceAll(",\\s*\"reportDigest\"\\s*:\\s*\"\"", "");
        assertThat(text).doesNotContain("reportDigest");
        Files.writeString(file, text);

        assertThat(registry().versions(model())).containsExactly(version);
    }

    @Test
    void whatAMoveThatWasKilledLeftDoesNotMoveTheAlias() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        registry.register(bundle("two"));
        registry.move(move(0, 1));
        // Killed before the rename: the record is there under a temporary name only.
        Files.writeString(home().resolve("log/.000002.json.1f.tmp"), "{\"number\":2,\"mo");

        assertThat(registry.alias(model(), Alias.CHAMPION)).isEqualTo(1);
        assertThat(registry.move(move(1, 2))).isTrue();
        assertThat(registry.moves(model())).containsExactly(move(0, 1), move(1, 2));
    }

    @Test
    void aRecordOfTheLogIsNeverWrittenAgain() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        registry.register(bundle("two"));
        registry.move(move(0, 1));
        byte[] first = Files.readAllBytes(home().resolve("log/000001.json"));
        registry.move(move(1, 2));

        assertThat(Files.readAllBytes(home().resolve("log/000001.json"))).isEqualTo(first);
    }

    @Test
    void aLogThatWasChangedOrLacksARecordIsRefused() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        registry.register(bundle("two"));
        registry.move(move(0, 1));
        registry.move(move(1, 2));
        Path first = home().resolve("log/000001.json");
        String text = Files.readString(first);

        Files.writeString(first, text.replace("PROMOTED", "PUBLISHED"));
        assertThatThrownBy(() -> registry.alias(model(), Alias.CHAMPION))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("the audit log was changed");
        Files.delete(first);
        assertThatThrownBy(() -> registry.alias(model(), Alias.CHAMPION))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("a record is missing");
    }

    @Test
    void nothingIsLeftUnderATemporaryNameOrUnderALease() throws Exception {
        ModelRegistry registry = registry();
        registry.register(bundle("one"));
        registry.move(move(0, 1));

        try (Stream<Path> files = Files.walk(directory.resolve("workspace"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".tmp") || name.endsWith(".lease"));
        }
    }

    @Test
    void rollbackGoesBackOneChampionATime() throws IOException, InterruptedException {
        assertThat(Champions.before(List.of(move(0, 1), move(1, 2), move(2, 3)), 3, model()))
                .isEqualTo(2);
        AliasMove back = AliasMove.by(model(), Alias.CHAMPION, MoveReason.ROLLED_BACK, 3, 2, Instant.EPOCH);
        assertThat(Champions.before(List.of(move(0, 1), move(1, 2), move(2, 3), back), 2, model()))
                .isEqualTo(1);
        assertThatThrownBy(() -> Champions.before(List.of(move(0, 1)), 1, model()))
                .hasMessageContaining("found none to go back to");
        assertThatThrownBy(() -> Champions.before(List.of(), 0, model())).hasMessageContaining("expected a champion");
    }

    private AliasMove move(MoveReason reason, int from, int to) {
        return AliasMove.by(model(), Alias.CHAMPION, reason, from, to, Instant.EPOCH);
    }

    @Test
    void rollbackNeverMakesAVersionChampionWhosePromotionWasRecordedAndNotMade() throws Exception {
        List<AliasMove> halfMade = List.of(move(0, 1), move(1, 2), move(2, 3));
        AliasMove found = move(MoveReason.FOUND, 3, 2);

        assertThat(Champions.before(halfMade, 2, model())).isEqualTo(1);
        assertThat(Champions.before(List.of(move(0, 1), move(1, 2), move(2, 3), found), 2, model()))
                .isEqualTo(1);
        assertThat(Champions.before(List.of(move(0, 1), move(1, 2), move(2, 3), found, move(2, 4)), 4, model()))
                .isEqualTo(2);
        assertThatThrownBy(() -> Champions.before(List.of(move(0, 1), move(1, 2)), 1, model()))
                .hasMessageContaining("found none to go back to");
        assertThatThrownBy(() -> Champions.before(List.of(move(0, 1), move(MoveReason.FOUND, 1, 0)), 0, model()))
                .hasMessageContaining("expected a champion");
    }

    @Test
    void aRollbackThatWasRecordedAndNotMadeCanBeMade() throws Exception {
        AliasMove back = move(MoveReason.ROLLED_BACK, 3, 2);

        assertThat(Champions.before(List.of(move(0, 1), move(1, 2), move(2, 3), back), 3, model()))
                .isEqualTo(2);
        assertThat(Champions.before(
                        List.of(move(0, 1), move(1, 2), move(2, 3), back, move(MoveReason.FOUND, 2, 3)), 3, model()))
                .isEqualTo(2);
    }
}
