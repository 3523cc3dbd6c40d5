package io.retort.distill.teachers.exported;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;

/** A TorchScript archive, whose {@code forward} takes ids alone. */
final class TorchScriptGraph implements TokenGraph {
    private final Block block;
    private final String logits;

    private TorchScriptGraph(Block block, String logits) {
        this.block = block;
        this.logits = logits;
    }

    /**
     * Loads an archive; the manager owns it.
     *
     * @param logits the entry that counts where {@code forward} gives a dictionary
     * @throws InvalidDataException when it is none that the engine reads
     */
    static TorchScriptGraph load(Path file, String logits, NDManager manager) {
        Model model = Model.newInstance("teacher", "PyTorch");
        manager.attachInternal(NDManager.nextUid(), model);
        try {
            model.load(file);
        } catch (IOException | MalformedModelException | EngineException e) {
            throw new InvalidDataException(
                    file + ": expected a TorchScript archive that PyTorch 2.7.1 reads, found: " + EngineWords.of(e), e);
        }
        return new TorchScriptGraph(model.getBlock(), logits);
    }

    @Override
    public NDArray logits(NDArray ids) {
        // The optimiser, a setting of the thread, watches the first passes and compiles by their shapes. Passes here
        // have
        // many shapes, and without it every pass is the same code, the first as the last.
        JniUtils.setGraphExecutorOptimize(false);
        NDList outputs = block.forward(new ParameterStore(ids.getManager(), false), new NDList(ids), false);
        NDArray named = outputs.get(logits);
        return named == null ? outputs.head() : named;
    }
}
