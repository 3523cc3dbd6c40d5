package io.retort.distill.teachers.exported;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An ONNX graph of ids and, where it asks for them, of a mask of ones and of positions. */
final class OnnxGraph implements TokenGraph {
    private final Block block;
    private final List<String> inputs;
    private final GraphNames names;
    private final String where;

    private OnnxGraph(Block block, List<String> inputs, GraphNames names, String where) {
        this.block = block;
        this.inputs = inputs;
        this.names = names;
        this.where = where;
    }

    /**
     * Loads a graph; the manager owns it.
     *
     * @param threads native threads of one pass
     * @throws InvalidDataException when it is none that the engine reads, or asks for an input that is not known
     */
    static OnnxGraph load(Path file, GraphNames names, int threads, NDManager manager) {
        Model model = Model.newInstance("teacher", "OnnxRuntime");
        manager.attachInternal(NDManager.nextUid(), model);
        try {
            model.load(file, null, Map.of("interOpNumThreads", "1", "intraOpNumThreads", String.valueOf(threads)));
        } catch (IOException | MalformedModelException | EngineException e) {
            throw new InvalidDataException(
                    file + ": expected a graph that ONNX Runtime reads, found: " + EngineWords.of(e), e);
        }
        List<String> inputs = model.getBlock().describeInput().keys();
        for (String input : inputs) {
            if (!List.of(names.ids(), names.mask(), names.positions()).contains(input)) {
                throw new InvalidDataException(file + ": input " + input + ": expected " + names.ids() + ", "
                        + names.mask() + " or " + names.positions() + ": nothing else is given to a model here;"
                        + " export it without a cache, or name the inputs under \"export\" in config.json");
            }
        }
        if (!inputs.contains(names.ids())) {
            throw new InvalidDataException(
                    file + ": expected an input " + names.ids() + ", found " + String.join(", ", inputs));
        }
        return new OnnxGraph(model.getBlock(), inputs, names, file.toString());
    }

    @Override
    public NDArray logits(NDArray ids) {
        NDManager scope = ids.getManager();
        NDList given = new NDList();
        for (String input : inputs) {
            NDArray array = input.equals(names.ids())
                    ? ids
                    : input.equals(names.mask()) ? scope.ones(ids.getShape(), DataType.INT64) : positions(ids, scope);
            array.setName(input);
            given.add(array);
        }
        NDList outputs = block.forward(new ParameterStore(scope, false), given, false);
        NDArray logits = outputs.get(names.logits());
        if (logits == null) {
            throw new InvalidDataException(where + ": expected an output " + names.logits() + ", found "
                    + String.join(", ", outputs.stream().map(NDArray::getName).toList()));
        }
        return logits;
    }

    private static NDArray positions(NDArray ids, NDManager scope) {
        int batch = (int) ids.getShape().get(0);
        int time = (int) ids.getShape().get(1);
        long[] positions = new long[batch * time];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i % time;
        }
        return scope.create(positions, new Shape(batch, time));
    }
}
