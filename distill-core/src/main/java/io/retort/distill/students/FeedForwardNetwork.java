package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.retort.inference.students.FeedForwardConfig;
import java.util.Map;

/** The function of {@link io.retort.inference.students.FeedForwardStudent}, over all positions at once. */
final class FeedForwardNetwork implements TrainableNetwork {

    private final FeedForwardConfig config;

    FeedForwardNetwork(FeedForwardConfig config) {
        this.config = config;
    }

    @Override
    public NDArray logProbabilities(Map<String, NDArray> tensors, NDArray symbols) {
        NDArray embedding = tensor(tensors, FeedForwardConfig.EMBEDDING);
        NDArray read = Axes.rows(embedding, symbols); // [batch, time, d]
        long time = read.getShape().get(1);
        NDList window = new NDList();
        for (long back = 0; back < config.window(); back++) {
            window.add(Axes.slice(read.pad(new Shape(0, 0, back, 0), 0), 1, 0, time)); // [batch, time, d]
        }
        NDArray last = window.get(0);
        NDArray features = Norms.normalised(NDArrays.concat(window, 2)); // [batch, time, k d]
        NDArray gate = features.matMul(tensor(tensors, FeedForwardConfig.GATE));
        NDArray hidden = Activation.sigmoid(gate).mul(gate).mul(features.matMul(tensor(tensors, FeedForwardConfig.UP)));
        NDArray x = last.add(hidden.matMul(tensor(tensors, FeedForwardConfig.DOWN)));
        NDArray output = Norms.normalised(x).mul(tensor(tensors, FeedForwardConfig.NORM));
        return output.matMul(embedding.transpose()).logSoftmax(-1);
    }

    private static NDArray tensor(Map<String, NDArray> tensors, String name) {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return tensor;
    }
}
