package example;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.students.FirstWeights;
import io.retort.distill.students.StudentOptions;
import io.retort.distill.students.TrainableFamily;
import io.retort.distill.students.TrainableNetwork;
import io.retort.inference.tensors.Tensor;
import java.util.Map;

public final class LogBilinearTraining implements TrainableFamily<LogBilinear.Shape> {
    @Override
    public String name() {
        return LogBilinear.NAME;
    }

    @Override
    public LogBilinear.Shape fitting(int alphabetSize, long budget, StudentOptions options) {
        return new LogBilinear.Shape(alphabetSize, 8, (int) (budget / (2L * alphabetSize + 8)));
    }

    @Override
    public Map<String, Tensor> firstWeights(LogBilinear.Shape shape, long seed) {
        return FirstWeights.normal(shape, seed, (tensor, extents) -> 0.25);
    }

    @Override
    public TrainableNetwork network(LogBilinear.Shape shape, NDManager constants) {
        return (tensors, symbols) -> {
            NDArray read =
                    symbols.oneHot(shape.alphabetSize()).matMul(tensors.get("embedding")); // [batch, time, width]
            NDArray context = read.zerosLike();
            for (int j = 0; j < shape.window(); j++) {
                NDArray delayed = read.pad(new Shape(0, 0, j, 0), 0)
                        .get(":, :" + symbols.getShape().get(1));
                context = context.add(delayed.mul(tensors.get("window").get(j)));
            }
            return context.matMul(tensors.get("output")).logSoftmax(-1);
        };
    }
}
