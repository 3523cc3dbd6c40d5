package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a bundle on its way into Node: kept by digest, checked again, refused with a code. */
class NodeDownloadIT {
    @TempDir
    Path temporary = Path.of("");

    /** Expected values are those of the contract in retort.d.ts; the order is that of downloading.js. */
    @Test
    void filesAreKeptByDigestAndWhatIsWrongHasACode() throws IOException, URISyntaxException {
        assumeTrue(Programs.isInstalled("node"), "needs node on the path");
        Path bundle = ParityCase.bundle(temporary.resolve("bundle"));
        Path script = Path.of(Objects.requireNonNull(NodeDownloadIT.class.getResource("/downloading.js"))
                .toURI());
        try (PageServer server = new PageServer(bundle)) {
            server.start("");
            String printed = Programs.run(List.of(
                    "node",
                    script.toString(),
                    ParityCase.npm().resolve("retort.node.js").toUri().toString(),
                    server.origin() + "/bundle/",
                    bundle.toString(),
                    temporary.resolve("cache").toString()));
            assertThat(ParityCase.parse(printed)).isEqualTo(ParityCase.parse("""
                    {"allFromCache": [false, true, false, true], "complete": true, "rising": true, "parameters": true,
                     "signatures": ["none", "RetortError signature", "none", "RetortError signature", "RetortError signature",
                                    "RetortError signature", "RetortError usage", "RetortError network"],
                     "map": true, "list": true, "enough": true,
                     "refused": ["RetortError memory", "RetortError memory", "RetortError bundle", "RetortError network",
                                 "RetortError usage", "RetortError usage", "RetortError usage", "AbortError 20"]}"""));
            assertThat(Collections.frequency(server.requested(), "/bundle/experts/math.safetensors"))
                    .as("fetched at first and when it was spoilt, not where memory is known to be too little")
                    .isEqualTo(2);
        }
    }
}
