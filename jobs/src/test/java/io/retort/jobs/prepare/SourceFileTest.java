package io.retort.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.storage.Location;
import io.retort.jobs.workspaces.StorageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void aDocumentIsCountedInSymbolsWithTheStartAndItsLongestChoice() {
        // One for the start, two of the prompt, an é of two bytes and three symbols each.
        assertThat(SourceFile.symbols(Document.of("d", "t", "a\n", "é", List.of())))
                .isEqualTo(1 + 2 + 6);
        assertThat(SourceFile.symbols(Document.of("d", "t", "a\n", "b", List.of("b", "éé"))))
                .isEqualTo(1 + 2 + 12);
    }

    @Test
    void aDocumentThatNoExpertCanHoldIsRejectedThoughItsBytesAreAllowed() throws Exception {
        // 12,288 two-byte characters are 24,576 bytes, which is allowed, and 73,728 symbols, which is not.
        Path file = Files.writeString(
                directory.resolve("texts.jsonl"),
                "{\"q\": \"short\", \"a\": \"fine\"}\n{\"q\": \"long\", \"a\": \"" + "é".repeat(12_288) + "\"}\n");
        Map<String, Object> settings =
                Map.of("task", "say", "format", "jsonl", "prompt", "{q}\n", "answer", "{a}", "path", file.toString());
        SourceFile.Read read = new SourceFile(
                        "notes",
                        "texts",
                        new SourceInput.Settings(new HashMap<>(settings)),
                        "test",
                        Location.of(file.toString()))
                .read(StorageSettings.ofProcess());
        assertThat(read.rows()).hasSize(1);
        assertThat(read.rejections().counts()).singleElement().satisfies(counted -> {
            assertThat(counted.reason()).isEqualTo(RejectionReason.TOO_LONG);
            assertThat(counted.records()).isEqualTo(1);
        });
    }
}
