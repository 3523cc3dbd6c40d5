package io.retort.distill.students;

import ai.djl.ndarray.NDManager;
import io.retort.distill.backpropagation.GradientSource;
import io.retort.distill.backpropagation.StudentPass;
import io.retort.distill.kernels.Kernels;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.tensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The families of {@link StudentConfig}: layers of the kinds that the name says, two unless an option says more. */
record LayeredFamily(String name) implements TrainableFamily<StudentConfig> {

    private static final int MOST_LAYERS = 16;

    private static final Set<String> MATRICES =
            Set.of("candidate", "gate", "output_gate", "output", "query", "key", "value", "up", "down");

    @Override
    public Set<String> options() {
        return name.equals(StudentConfig.RECURRENT)
                ? Set.of("width", "hidden", "layers", "repeats")
                : Set.of("width", "hidden", "layers", "repeats", "positions");
    }

    @Override
    public StudentConfig fitting(int alphabetSize, long budget, StudentOptions options) {
        List<Mixer> layers = StudentConfig.layers(
                name, options.choice("positions", Positions.FORGET), options.integer("layers", 2, 2, MOST_LAYERS));
        ChosenWidths widths = ChosenWidths.of(options);
        StudentConfig once = widths.chosen()
                ? new StudentConfig(alphabetSize, widths.width(), widths.hidden(), layers)
                : StudentConfig.fitting(alphabetSize, budget, layers);
        return once.repeated(options.integer("repeats", 1, 1, StudentConfig.MAXIMUM_REPEATS));
    }

    @Override
    public Map<String, Tensor> firstWeights(StudentConfig shape, long seed) {
        return StudentInitialisation.tensors(shape, seed);
    }

    /** The matrices of mixers and of feed-forward networks. */
    @Override
    public Set<String> matrices(StudentConfig shape) {
        return shape.tensorShapes().keySet().stream()
                .filter(tensor -> MATRICES.contains(tensor.substring(tensor.lastIndexOf('.') + 1)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** By hand, which is several times as fast as the engine. */
    @Override
    public GradientSource gradients(StudentConfig shape) {
        return new StudentPass(shape, Kernels.best());
    }

    @Override
    public TrainableNetwork network(StudentConfig shape, NDManager constants) {
        AttentionMasks masks = new AttentionMasks(constants);
        return (tensors, symbols) -> new StudentNetwork(shape, tensors, masks).logProbabilities(symbols);
    }
}
