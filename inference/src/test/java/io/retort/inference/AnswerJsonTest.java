package io.retort.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.routing.ExpertChoice;
import io.retort.inference.routing.Routing;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerJsonTest {
    private static final Bundle BUNDLE =
            Bundle.open(new MemoryBundleSource(TinyBundle.files(List.of("math", "coding"))));
    private static final Routing ROUTING =
            new Routing(List.of(new ExpertChoice("coding", 1, 0.75), new ExpertChoice("math", 0, 0.25)), 0.5);

    @Test
    void anAnswerInUtf8HasItsTextAndTheExpertsInOrderOfWeight() {
        assertThat(json("dé \"4\"\n".getBytes(StandardCharsets.UTF_8), StopReason.END_OF_TEXT))
                .isEqualTo(
                        "{\"text\":\"dé \\\"4\\\"\\n\",\"stop\":\"end_of_text\",\"logLikelihood\":-1.5,\"confidence\":0.5,"
                                + "\"experts\":[{\"id\":\"coding\",\"domain\":\"coding\",\"weight\":0.75},"
                                + "{\"id\":\"math\",\"domain\":\"math\",\"weight\":0.25}],\"bundle\":\"tiny 1.0.0\"}");
    }

    @Test
    void anAnswerThatIsNoUtf8HasItsBytesInHexadecimal() {
        assertThat(json(new byte[] {0x34, (byte) 0xFF, 0x0A}, StopReason.BYTE_LIMIT))
                .startsWith("{\"hex\":\"34ff0a\",\"stop\":\"byte_limit\",")
                .doesNotContain("\"text\"");
    }

    private static String json(byte[] bytes, StopReason stop) {
        return JsonWriter.compact(AnswerJson.write(BUNDLE, new Answer(new Generation(bytes, stop, -1.5), ROUTING)));
    }
}
