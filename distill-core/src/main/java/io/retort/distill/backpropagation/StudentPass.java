package io.retort.distill.backpropagation;

import io.retort.distill.kernels.Kernels;
import io.retort.distill.kernels.Matrix;
import io.retort.distill.kernels.Span;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentTensors;
import java.util.ArrayList;
import java.util.List;

/**
 * A student's loss over packed sequences and its gradient: the function of {@link
 * io.retort.inference.students.RecurrentAttentionStudent} over all positions at once. Belongs to one thread; its memory
 * grows with the largest pass.
 */
public final class StudentPass implements GradientSource {
    /** As many activations as the second cache holds. */
    private static final int ROWS = 160;

    private final Kernels kernels;
    private final StudentConfig config;
    private final Weight embedding; // [alphabet, d]
    private final List<Block> blocks = new ArrayList<>();
    private final List<RootMeanSquare> norms = new ArrayList<>();
    private final RootMeanSquare lastNorm;
    private final Matrix gain; // [1, d]
    private final Matrix gainGradient;
    private final Buffer residuals;
    private final Buffer residualGradients;
    private final Buffer inputGradients;
    private final Buffer outputs;
    private final Buffer logits;

    public StudentPass(StudentConfig config, Kernels kernels) {
        this.config = config;
        this.kernels = kernels;
        int width = config.width();
        embedding = new Weight(StudentTensors.EMBEDDING, config.alphabetSize(), width);
        for (int i = 0; i < config.depth(); i++) {
            int layer = i % config.mixers().size();
            blocks.add(mixer(layer, config.mixers().get(layer)));
            blocks.add(new FeedForwardBlock(kernels, layer, width, config.hiddenWidth()));
        }
        blocks.forEach(block -> norms.add(new RootMeanSquare(kernels, width)));
        lastNorm = new RootMeanSquare(kernels, width);
        gain = Matrix.zeros(1, width);
        gainGradient = Matrix.zeros(1, width);
        residuals = new Buffer(width);
        residualGradients = new Buffer(width);
        inputGradients = new Buffer(width);
        outputs = new Buffer(width);
        logits = new Buffer(config.alphabetSize());
    }

    private Block mixer(int layer, Mixer mixer) {
        if (mixer instanceof Attention attention) {
            return new AttentionBlock(kernels, layer, config.width(), attention);
        }
        return new RecurrenceBlock(kernels, layer, config.width(), (Recurrence) mixer);
    }

    @Override
    public int rowsPerPass() {
        return ROWS;
    }

    @Override
    public void load(Parameters parameters) {
        embedding.load(parameters);
        blocks.forEach(block -> block.load(parameters));
        gain.set(parameters.values(StudentTensors.NORM));
        gainGradient.clear();
    }

    @Override
    public void addGradients(Parameters gradients) {
        embedding.addGradient(gradients);
        blocks.forEach(block -> block.addGradients(gradients));
        gainGradient.addTo(gradients.values(StudentTensors.NORM));
    }

    @Override
    public double loss(Packed packed, RowObjective objective) {
        Matrix scores = forward(packed);
        return objective.lossAndGradient(scores.values(), scores.rowStride(), packed.rows());
    }

    @Override
    public double lossAndGradient(Packed packed, RowObjective objective) {
        double loss = loss(packed, objective);
        back(packed);
        return loss;
    }

    private Matrix forward(Packed packed) {
        int rows = packed.rows();
        Matrix x = residuals.rows(rows);
        int stride = x.rowStride();
        for (int row = 0; row < rows; row++) {
            System.arraycopy(
                    embedding.values().values(), packed.symbols()[row] * stride, x.values(), row * stride, stride);
        }
        for (int i = 0; i < blocks.size(); i++) {
            blocks.get(i).forward(packed, norms.get(i).forward(x), x);
        }
        Matrix n = lastNorm.forward(x);
        Matrix output = outputs.rows(rows);
        output.clear();
        multiplyByGain(n, output);
        Matrix scores = logits.rows(rows);
        kernels.multiply(output, embedding.transposed(), scores);
        return scores;
    }

    private void multiplyByGain(Matrix x, Matrix out) {
        kernels.addScaledColumns(
                new Span(gain.values(), 0),
                new Span(x.values(), 0),
                new Span(out.values(), 0),
                x.rows(),
                x.rowStride());
    }

    /** From the gradient of the logits, which stands in their place. */
    private void back(Packed packed) {
        int rows = packed.rows();
        Matrix scores = logits.rows(rows);
        Matrix output = outputs.rows(rows);
        Matrix gradient = inputGradients.rows(rows);
        kernels.multiply(scores, embedding.values(), gradient);
        kernels.multiplyAdd(scores.transposed(), output, embedding.gradient());
        Matrix n = lastNorm.result(rows);
        kernels.addColumnProducts(
                new Span(gradient.values(), 0),
                new Span(n.values(), 0),
                new Span(gainGradient.values(), 0),
                rows,
                n.rowStride());
        output.clear();
        multiplyByGain(gradient, output);
        Matrix dx = residualGradients.rows(rows);
        dx.clear();
        lastNorm.back(output, dx);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            blocks.get(i).back(packed, norms.get(i).result(rows), dx, gradient);
            norms.get(i).back(gradient, dx);
        }
        float[] sums = embedding.gradient().values();
        int stride = dx.rowStride();
        for (int row = 0; row < rows; row++) {
            int to = packed.symbols()[row] * stride;
            int from = row * stride;
            for (int c = 0; c < stride; c++) {
                sums[to + c] += dx.values()[from + c];
            }
        }
    }

    /** Has nothing to free. */
    @Override
    public void close() {}
}
