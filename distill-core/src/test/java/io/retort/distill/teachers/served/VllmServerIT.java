package io.retort.distill.teachers.served;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

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
}
