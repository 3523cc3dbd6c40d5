package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JavaScript build in Node. */
class NodeIT {
    @TempDir
    Path temporary = Path.of("");

    private Path bundle = Path.of("");

    @BeforeEach
    void writeBundle() throws IOException {
        assumeTrue(ParityCase.isInstalled("node"), "needs node on the path");
        bundle = ParityCase.bundle(temporary.resolve("bundle"));
    }

    private String ask() throws IOException, URISyntaxException {
        URL script = Objects.requireNonNull(NodeIT.class.getResource("/node.js"));
        URI folder = script.toURI().resolve(".");
        return ParityCase.run(List.of(
                "node",
                Path.of(script.toURI()).toString(),
                ParityCase.npm().resolve("retort.js").toUri().toString(),
                folder.toString(),
                ParityCase.request(bundle.toUri().toString(), "javascript")));
    }

    @Test
    void answersEqualTheJvms() throws IOException, URISyntaxException {
        ParityCase.assertSameAnswers(ask(), "javascript", bundle);
    }

    @Test
    void aFlippedBitIsRefusedWithTheRuntimesMessage() throws IOException, URISyntaxException {
        Path weights = bundle.resolve("experts/math.safetensors");
        byte[] content = Files.readAllBytes(weights);
        content[content.length - 1] ^= 1;
        Files.write(weights, content);
        assertThat(ask()).contains("experts/math.safetensors: expected SHA-256");
    }

    @Test
    void aPathOutOfTheBundleIsNotFetched() throws IOException, URISyntaxException {
        Files.writeString(bundle.resolve("SHA256SUMS"), "0".repeat(64) + "  ../secret.json\n");
        Files.writeString(temporary.resolve("secret.json"), "{}");
        assertThat(ask()).contains("expected the path of a bundle's file in SHA256SUMS");
    }
}
