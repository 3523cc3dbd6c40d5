package io.retort.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.memory.MemoryUsage;
import io.retort.inference.scoring.StopReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceDocumentTest {
    @TempDir
    Path temporary = Path.of("");

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }

    private static String example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/retort/inference/InferenceExample.java"));
        return between(source, "// The example begins here.\n", "    // The example ends here.")
                .replaceAll("(?m)^ {4}", "");
    }

    @Test
    void theDocumentsExampleIsTheOneThatIsCompiled() throws IOException {
        String document = Files.readString(Path.of("../docs/inference.md"));
        assertThat(between(document, "```java\n", "```")).isEqualTo(example());
    }

    @Test
    void thePackagesPageHasTheSameExample() throws IOException {
        String page = Files.readString(Path.of("src/main/java/io/retort/inference/package-info.java"));
        assertThat(between(page, "<pre>{@code\n", " * }</pre>").replaceAll("(?m)^ \\* ?", ""))
                .isEqualTo(example());
    }

    @Test
    void theExampleRunsWithAnyBundle() throws IOException {
        Path bundle = TinyBundle.write(TinyBundle.files(List.of("a", "b")), temporary.resolve("bundle"));
        List<Object> told = InferenceExample.everything(bundle, "2 + 2 =");
        Answer answer = (Answer) told.get(2);
        assertThat(told.get(0)).isEqualTo(answer.routing());
        assertThat(told.get(1)).isEqualTo(answer.confidence());
        assertThat(((ByteArrayOutputStream) told.get(3)).size()).isLessThanOrEqualTo(20);
        if (answer.generation().stop() == StopReason.END_OF_TEXT) {
            assertThat((double) told.get(4)).isCloseTo(answer.generation().logLikelihood(), within(1e-9));
        } else {
            assertThat((double) told.get(4)).isLessThan(answer.generation().logLikelihood());
        }
        assertThat(((Prediction) told.get(5)).bytes()).hasSize(96);
        assertThat(((Answer) told.get(6)).generation().bytes().length).isLessThanOrEqualTo(200);
        MemoryUsage usage = (MemoryUsage) told.get(7);
        assertThat(usage.textBytes()).isZero();
        assertThat(usage.usedBytes()).isLessThanOrEqualTo(usage.maxBytes());
    }
}
