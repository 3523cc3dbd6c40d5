package io.retort.distill.backpropagation;

import io.retort.distill.kernels.Kernels;
import io.retort.distill.kernels.Matrix;
import io.retort.distill.kernels.Span;

/** A causal depthwise convolution of some channels of a kernel [shifts, all channels], zero before a sequence begins. */
final class Convolution {
    private final Kernels kernels;
    private final String name;
    private final int firstChannel;
    private final int allChannels;
    private final Matrix weights; // [shifts, channels], shift 0 first
    private final Matrix gradient;

    Convolution(Kernels kernels, String name, int shifts, int allChannels, int firstChannel, int channels) {
        this.kernels = kernels;
        this.name = name;
        this.firstChannel = firstChannel;
        this.allChannels = allChannels;
        weights = Matrix.zeros(shifts, channels);
        gradient = Matrix.zeros(shifts, channels);
    }

    void load(Parameters parameters) {
        float[] dense = parameters.values(name);
        for (int shift = 0; shift < weights.rows(); shift++) {
            System.arraycopy(
                    dense,
                    shift * allChannels + firstChannel,
                    weights.values(),
                    shift * weights.rowStride(),
                    weights.columns());
        }
        gradient.clear();
    }

    void addGradient(Parameters gradients) {
        float[] dense = gradients.values(name);
        for (int shift = 0; shift < weights.rows(); shift++) {
            for (int c = 0; c < weights.columns(); c++) {
                dense[shift * allChannels + firstChannel + c] += gradient.values()[shift * gradient.rowStride() + c];
            }
        }
    }

    /** {@code y_t = Σ_s w_s x_{t-s}} within each sequence. */
    void forward(Packed packed, Matrix x, Matrix y) {
        y.clear();
        int stride = x.rowStride();
        for (int sequence = 0; sequence < packed.sequences(); sequence++) {
            int from = packed.start(sequence) * stride;
            for (int shift = 0; shift < Math.min(weights.rows(), packed.length(sequence)); shift++) {
                kernels.addScaledColumns(
                        weight(shift),
                        new Span(x.values(), from),
                        new Span(y.values(), from + shift * stride),
                        packed.length(sequence) - shift,
                        stride);
            }
        }
    }

    /** {@code dx_t = Σ_s w_s dy_{t+s}} and {@code dw_s += Σ_t dy_t x_{t-s}}. */
    void back(Packed packed, Matrix x, Matrix outputGradient, Matrix inputGradient) {
        inputGradient.clear();
        int stride = x.rowStride();
        for (int sequence = 0; sequence < packed.sequences(); sequence++) {
            int from = packed.start(sequence) * stride;
            for (int shift = 0; shift < Math.min(weights.rows(), packed.length(sequence)); shift++) {
                Span later = new Span(outputGradient.values(), from + shift * stride);
                int rows = packed.length(sequence) - shift;
                kernels.addScaledColumns(weight(shift), later, new Span(inputGradient.values(), from), rows, stride);
                kernels.addColumnProducts(
                        later,
                        new Span(x.values(), from),
                        new Span(gradient.values(), shift * gradient.rowStride()),
                        rows,
                        stride);
            }
        }
    }

    private Span weight(int shift) {
        return new Span(weights.values(), shift * weights.rowStride());
    }
}
