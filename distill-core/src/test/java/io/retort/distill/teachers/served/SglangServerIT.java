package io.retort.distill.teachers.served;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** SGLang with PyTorch's own attention, which needs none of its kernels. */
@Tag("nightly")
final class SglangServerIT extends RealServerSuite {
    SglangServerIT() {
        super(
                new PythonServer.Launch(
                        "sglang",
                        List.of(
                                "-m",
                                "sglang.launch_server",
                                "--model-path=stories260K-hd32",
                                "--served-model-name=stories260K",
                                "--dtype=float32",
                                "--device=cpu",
                                "--attention-backend=torch_native",
                                "--sampling-backend=pytorch",
                                "--grammar-backend=none",
                                "--max-total-tokens=4096",
                                "--disable-overlap-schedule",
                                "--skip-server-warmup"),
                        Map.of("OMP_NUM_THREADS", "1", "HF_HUB_OFFLINE", "1")),
                new SglangProtocol(),
                // More entries than its vocabulary has end this server; its native page takes no name of a model.
                List.of(
                        Conversation.Unwelcome.AN_ID_THAT_THE_MODEL_LACKS,
                        Conversation.Unwelcome.NO_ROOM_TO_GENERATE,
                        Conversation.Unwelcome.MORE_IDS_THAN_THE_CONTEXT));
    }
}
