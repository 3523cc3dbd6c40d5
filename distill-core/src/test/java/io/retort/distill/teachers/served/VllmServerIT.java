package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.distill.teachers.TeacherScoring;
import io.retort.distill.teachers.Teachers;
import io.retort.distill.teachers.nano.SharedFixtures;
import io.retort.inference.scoring.ContinuationScore;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.ScoringRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** vLLM. */
@Tag("nightly")
final class VllmServerIT extends RealServerSuite {
    /** One thread, no place on the network to ask, and no pinning to cores that another process has. */
    private static final Map<String, String> VARIABLES = Map.of(
            "OMP_NUM_THREADS", "1",
            "VLLM_CPU_KVCACHE_SPACE", "1",
            "VLLM_CPU_OMP_THREADS_BIND", "nobind",
            "HF_HUB_OFFLINE", "1",
            "VLLM_NO_USAGE_STATS", "1");

    VllmServerIT() {
        super(
                new PythonServer.Launch(
                        "vllm",
                        List.of(
                                "-m",
                                "vllm.entrypoints.openai.api_server",
                                "--model=stories260K-hd32",
                                "--served-model-name=stories260K",
                                "--dtype=float32",
                                "--enforce-eager",
                                "--max-logprobs=512"),
                        VARIABLES),
                new VllmProtocol(),
                List.of(Conversation.Unwelcome.values()));
    }

    /** Its tokens are shown without their blanks, and it puts one before each text. */
    @Test
    void aTextHasTheScoreOfItsIds() throws IOException {
        List<ScoringRequest> texts = List.of(
                text("", "Once upon a time, there was a little girl. She liked to play in the park."),
                text("Once upon a time, there was a", " little girl named Lily."),
                text("One day, a big dog saw a", " cat. \u201cCaf\u00e9\u201d, said 2 \ud83d\ude00 cats."),
                text("Once upon a time, there", " was"));
        Traffic traffic = new Traffic(4, 30, Duration.ofMinutes(2), Duration.ofMillis(2), "");
        // The same model in this process, cut by its own tokenizer.
        try (GenerativeTeacher teacher = Teachers.open(SharedFixtures.directory("../data/teachers/stories260K"));
                CompletionServer asked = CompletionServer.open(new EndpointSettings(url(), "stories260K", traffic))) {
            List<ContinuationScore> byIds = new TeacherScoring(teacher).scores(texts);
            List<ContinuationScore> byText = asked.scores(texts);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(byText.get(i).logLikelihood())
                        .as("text " + i)
                        .isCloseTo(byIds.get(i).logLikelihood(), within(1e-3));
                assertThat(byText.get(i).greedy())
                        .as("text " + i)
                        .isEqualTo(byIds.get(i).greedy());
            }
            assertThat(byText.get(3).greedy()).isTrue();
            assertThat(byText.get(2).greedy()).isFalse();
        }
    }

    private static ScoringRequest text(String context, String continuation) {
        return new ScoringRequest(
                context.getBytes(StandardCharsets.UTF_8), continuation.getBytes(StandardCharsets.UTF_8), Ending.OPEN);
    }
}
