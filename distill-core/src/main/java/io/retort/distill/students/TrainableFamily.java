package io.retort.distill.students;

import ai.djl.ndarray.NDManager;
import io.retort.distill.backpropagation.GradientSource;
import io.retort.inference.students.StudentFamily;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.Tensor;
import java.util.Map;
import java.util.Set;

/**
 * A {@link StudentFamily} in its training form. One from outside is a public class with a public constructor without
 * parameters, named in {@code META-INF/services/io.retort.distill.students.TrainableFamily}; {@link TrainableFamilies}
 * finds it. Stateless, thread-safe.
 *
 * @param <S> the family's shapes
 */
public interface TrainableFamily<S extends StudentShape> {

    /** The name of the family, which is that of its {@link StudentFamily}. */
    String name();

    /** The names of the options that {@link #fitting} reads: none, unless said otherwise. */
    default Set<String> options() {
        return Set.of();
    }

    /**
     * The student that a budget affords.
     *
     * @param budget the largest number of parameters
     * @param options only those of {@link #options}
     * @throws IllegalArgumentException if the budget is too small for any, or an option is out of its range
     */
    S fitting(int alphabetSize, long budget, StudentOptions options);

    /** The weights that training begins with: a function of the shape and the seed, the same on every machine. */
    Map<String, Tensor> firstWeights(S shape, long seed);

    /**
     * The names of the tensors of two dimensions whose updates are orthogonalised: matrices that channels are multiplied
     * by. An embedding or a convolution is none, since its rows are not directions of one space. No tensor, unless said otherwise.
     */
    default Set<String> matrices(S shape) {
        return Set.of();
    }

    /**
     * The network of a shape, for any number of passes on one thread.
     *
     * @param constants lives as long as the network; for arrays that every pass needs
     */
    TrainableNetwork network(S shape, NDManager constants);

    /** Losses and gradients of a shape: by the engine's automatic differentiation of {@link #network}, unless said otherwise. */
    default GradientSource gradients(S shape) {
        return new EngineGradients(shape, constants -> network(shape, constants));
    }
}
