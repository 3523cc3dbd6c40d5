package io.retort.inference.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.json.JsonException;
import io.retort.inference.routing.PerformanceHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    private static final List<String> EXPERTS = List.of("math", "coding");

    @TempDir
    Path directory;

    @Test
    void aRuntimeThatIsStartedAgainRoutesAsTheOneBefore() throws IOException {
        Bundle bundle = Bundle.open(new MemoryBundleSource(TinyBundle.files(EXPERTS)));
        byte[] prompt = "12 + 30 =\n".getBytes(StandardCharsets.UTF_8);
        HistoryFile file = new HistoryFile(directory.resolve("history.json"), EXPERTS);
        assertThat(file.load()).isEmpty();
        Retort first = new Retort(bundle);
        for (int i = 0; i < 40; i++) {
            first.history().record(1, 1);
            first.history().record(0, 0);
        }
        file.save(first.history());
        Retort second = new Retort(bundle, file.load().orElseThrow());
        assertThat(second.route(prompt)).isEqualTo(first.route(prompt)).isNotEqualTo(new Retort(bundle).route(prompt));
    }

    @Test
    void aFileIsReplacedAsAWholeAndNothingIsLeftBesideIt() throws IOException {
        HistoryFile file = new HistoryFile(directory.resolve("history.json"), EXPERTS);
        PerformanceHistory history = new PerformanceHistory(2, 8);
        for (int i = 0; i < 20; i++) {
            history.record(i % 2, 1);
            file.save(history);
            assertThat(file.load().orElseThrow().remembered()).isEqualTo(history.remembered());
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("history.json"));
        }
    }

    @Test
    void aDamagedFileOrOneOfOtherExpertsIsRefusedByName() throws IOException {
        Path path = directory.resolve("history.json");
        new HistoryFile(path, EXPERTS).save(new PerformanceHistory(2, 8));
        assertThatThrownBy(() -> new HistoryFile(path, List.of("math", "context")).load())
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("history.json")
                .hasMessageContaining("context");
        Files.writeString(path, "{\"format\":");
        assertThatThrownBy(() -> new HistoryFile(path, EXPERTS).load())
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("history.json");
        Bundle bundle = Bundle.open(new MemoryBundleSource(TinyBundle.files(EXPERTS)));
        assertThatThrownBy(() -> new Retort(bundle, new PerformanceHistory(3, 8)))
                .hasMessageContaining("expected a history of 2 experts, found 3");
    }
}
