package io.retort.distill.teachers.training;

import io.retort.distill.teachers.nano.AttentionConfig;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.training.TeacherRecipe.Induction;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/**
 * Lets the first two layers begin as an induction circuit ("In-context Learning and Induction Heads", Olsson et al.,
 * 2022), which a small model otherwise has to find by luck before it can copy or look anything up.
 *
 * <p>The residual stream's first half holds the embedding, with a constant in channel 0; the second half is cut into
 * three parts. Layer 0: head h looks h + 1 tokens back, by rotary position alone, and writes a projection of what stands
 * there into part h. Layer 1: head 0 finds places whose previous token is the current one, head 1 places where the last
 * two tokens agree, head 2 places whose last but one and last but two tokens are the query's last and last but one; each
 * copies the token that stands there. Everything else begins small, and all of it is trained.
 */
final class InductionInitialisation {
    private static final int HEADS = 3;
    private static final double CONSTANT = 0.2;
    /** Standard deviation of the output projections of heads without a task. */
    private static final double IDLE_OUTPUT = 0.02;
    /** What is left of the random weights beside those that are set. */
    private static final double FAINT = 0.1;

    private final NanoConfig config;
    private final Induction plan;
    private final Random random;
    private final int half;
    private final int[] widths;
    /** Where part h begins in the residual stream. */
    private final int[] parts;
    /** Where part h begins among layer 1's latents; the last entry is where the copied token begins. */
    private final int[] latents;

    private final int copied;
    /** {@code [half - 1, half - 1]}, orthogonal: its first rows are what heads match on, the next what they copy. */
    private final double[][] basis;

    private InductionInitialisation(NanoConfig config, Induction plan, long seed) {
        AttentionConfig attention = config.attention();
        int model = config.hiddenSize();
        this.config = config;
        this.plan = plan;
        this.random = new Random(seed);
        this.half = model / 2;
        this.widths = new int[] {model * 3 / 16, model * 3 / 16, model / 8};
        this.parts = new int[] {half, half + widths[0], half + widths[0] + widths[1]};
        this.latents = new int[] {0, widths[0], widths[0] + widths[1], widths[0] + widths[1] + widths[2]};
        this.copied = Math.min(
                attention.valueSize(), Math.min(half - 1 - widths[0], attention.latentRank() - latents[HEADS]));
        requireRoom(attention);
        this.basis = orthogonal(half - 1, random);
    }

    /**
     * Sets the embedding and the attention of the first two layers, in place.
     *
     * @throws IllegalArgumentException when the model is too narrow or too shallow for the circuit
     */
    static void apply(Map<String, Tensor> tensors, NanoConfig config, Induction plan, long seed) {
        InductionInitialisation circuit = new InductionInitialisation(config, plan, seed);
        circuit.embed(Matrix.of(tensors, "model.embed_tokens.weight"));
        circuit.lookBack(Attention.of(tensors, config, 0));
        circuit.findAndCopy(Attention.of(tensors, config, 1));
    }

    private void requireRoom(AttentionConfig attention) {
        boolean fits = config.layers() >= 2
                && attention.heads() >= HEADS
                && attention.queryRank() == 0
                && attention.nopeSize() >= widths[0]
                && attention.nopeSize() / 2 <= widths[HEADS - 1]
                && attention.valueSize() >= widths[0]
                && attention.latentRank() >= widths[0]
                && copied > 0;
        if (!fits) {
            throw new IllegalArgumentException("initialisation.induction: expected 2 layers, " + HEADS
                    + " heads, no q_lora_rank, qk_nope_head_dim " + widths[0] + " to " + (2 * widths[HEADS - 1] + 1)
                    + ", v_head_dim from " + widths[0] + " and kv_lora_rank above " + latents[HEADS] + ", found "
                    + config.layers() + " layers and " + attention);
        }
    }

    private void embed(Matrix embedding) {
        double deviation = 1 / Math.sqrt(half);
        embedding.scale(0, embedding.rows(), 0);
        for (int token = 0; token < embedding.rows(); token++) {
            embedding.set(token, 0, CONSTANT);
            for (int channel = 1; channel < half; channel++) {
                embedding.set(token, channel, deviation * random.nextGaussian());
            }
        }
    }

    /** Layer 0. The constant channel gives query and key a fixed direction, which rotary position turns. */
    private void lookBack(Attention layer) {
        AttentionConfig sizes = config.attention();
        double[] frequencies = config.rope().frequencies(sizes.ropeSize());
        layer.query.scale(0, layer.query.rows(), FAINT);
        layer.latent.scale(0, sizes.latentRank(), 3 * FAINT);
        layer.latent.scale(sizes.latentRank(), layer.latent.rows(), 0);
        project(layer.latent, 0, 0, widths[0]);
        idleOutputs(layer.output);
        for (int pair = 0; pair < frequencies.length; pair++) {
            layer.latent.set(sizes.latentRank() + 2 * pair, 0, plan.sharpness() / 2);
        }
        for (int head = 0; head < HEADS; head++) {
            for (int pair = 0; pair < frequencies.length; pair++) {
                int row = layer.queryRow(head) + sizes.nopeSize() + 2 * pair;
                double angle = frequencies[pair] * (head + 1);
                layer.query.set(row, 0, plan.sharpness() / 2 * Math.cos(angle));
                layer.query.set(row + 1, 0, -plan.sharpness() / 2 * Math.sin(angle));
            }
            layer.expansion.scale(layer.keyRow(head), layer.valueRow(head), FAINT);
            layer.identityValues(head, 0, widths[0]);
            layer.clearOutput(head);
            for (int i = 0; i < widths[head]; i++) {
                layer.output.set(parts[head] + i, layer.outputColumn(head) + i, 1 / Math.sqrt(half));
            }
        }
    }

    /** Layer 1. */
    private void findAndCopy(Attention layer) {
        int nope = config.attention().nopeSize();
        int pairWidth = nope / 2;
        layer.query.scale(0, layer.queryRow(HEADS), FAINT);
        layer.latent.scale(0, layer.latent.rows(), FAINT);
        for (int head = 0; head < HEADS; head++) {
            layer.latent.scale(latents[head], latents[head] + widths[head], 0);
            for (int i = 0; i < widths[head]; i++) {
                layer.latent.set(latents[head] + i, parts[head] + i, 1);
            }
        }
        project(layer.latent, latents[HEADS], widths[0], copied);
        idleOutputs(layer.output);
        for (int head = 0; head < HEADS; head++) {
            layer.query.scale(layer.queryRow(head), layer.queryRow(head) + nope, 0);
            layer.expansion.scale(layer.keyRow(head), layer.valueRow(head), 0);
            layer.identityValues(head, latents[HEADS], copied);
            layer.clearOutput(head);
            copyBack(layer, head);
        }
        matchCurrent(layer, 0, widths[0]);
        layer.identityKeys(0, 0, latents[0], widths[0]);
        matchCurrent(layer, 1, pairWidth);
        matchPart(layer, 1, pairWidth, parts[0]);
        layer.identityKeys(1, 0, latents[0], pairWidth);
        layer.identityKeys(1, pairWidth, latents[1], pairWidth);
        matchPart(layer, 2, 0, parts[0]);
        matchPart(layer, 2, pairWidth, parts[1]);
        layer.identityKeys(2, 0, latents[1], pairWidth);
        layer.identityKeys(2, pairWidth, latents[2], pairWidth);
    }

    /** A head's first query channels read what the current token's embedding projects to. */
    private void matchCurrent(Attention layer, int head, int count) {
        for (int i = 0; i < count; i++) {
            for (int channel = 1; channel < half; channel++) {
                layer.query.set(layer.queryRow(head) + i, channel, plan.match() * basis[i][channel - 1]);
            }
        }
    }

    /** Query channels from {@code first} on read what layer 0 wrote about an earlier token. */
    private void matchPart(Attention layer, int head, int first, int part) {
        for (int i = 0; i < config.attention().nopeSize() / 2; i++) {
            layer.query.set(layer.queryRow(head) + first + i, part + i, plan.match());
        }
    }

    private void copyBack(Attention layer, int head) {
        for (int i = 0; i < copied; i++) {
            for (int channel = 1; channel < half; channel++) {
                layer.output.set(
                        channel, layer.outputColumn(head) + i, plan.copy() * basis[widths[0] + i][channel - 1]);
            }
        }
    }

    /** Rows of a matrix project the embedding onto rows of the basis. */
    private void project(Matrix matrix, int row, int basisRow, int count) {
        matrix.scale(row, row + count, 0);
        for (int i = 0; i < count; i++) {
            for (int channel = 1; channel < half; channel++) {
                matrix.set(row + i, channel, basis[basisRow + i][channel - 1]);
            }
        }
    }

    private void idleOutputs(Matrix output) {
        for (int i = 0; i < output.values().length; i++) {
            output.values()[i] = (float) (IDLE_OUTPUT * random.nextGaussian());
        }
    }

    /** Gram–Schmidt on normal vectors, twice for the sake of rounding. */
    private static double[][] orthogonal(int size, Random random) {
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            Arrays.setAll(rows[i], column -> random.nextGaussian());
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    subtract(rows[i], rows[j], dot(rows[i], rows[j]));
                }
            }
            double length = Math.sqrt(dot(rows[i], rows[i]));
            for (int column = 0; column < size; column++) {
                rows[i][column] /= length;
            }
        }
        return rows;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void subtract(double[] a, double[] b, double factor) {
        for (int i = 0; i < a.length; i++) {
            a[i] -= factor * b[i];
        }
    }

    /** A tensor {@code [rows, columns]} to write into. */
    private record Matrix(float[] values, int rows, int columns) {
        static Matrix of(Map<String, Tensor> tensors, String name) {
            Tensor tensor = tensors.get(name);
            if (tensor == null) {
                throw new IllegalArgumentException("expected tensor " + name + ", found none");
            }
            return new Matrix(tensor.values(), tensor.shape()[0], tensor.shape()[1]);
        }

        void set(int row, int column, double value) {
            values[row * columns + column] = (float) value;
        }

        void scale(int from, int to, double factor) {
            for (int i = from * columns; i < to * columns; i++) {
                values[i] *= (float) factor;
            }
        }
    }

    /**
     * One layer's projections.
     *
     * @param query {@code [heads · (nope + rope), model]}
     * @param latent {@code [latents + rope, model]}
     * @param expansion {@code [heads · (nope + value), latents]}
     * @param output {@code [model, heads · value]}
     */
    private record Attention(AttentionConfig sizes, Matrix query, Matrix latent, Matrix expansion, Matrix output) {
        static Attention of(Map<String, Tensor> tensors, NanoConfig config, int layer) {
            String prefix = "model.layers." + layer + ".self_attn.";
            return new Attention(
                    config.attention(),
                    Matrix.of(tensors, prefix + "q_proj.weight"),
                    Matrix.of(tensors, prefix + "kv_a_proj_with_mqa.weight"),
                    Matrix.of(tensors, prefix + "kv_b_proj.weight"),
                    Matrix.of(tensors, prefix + "o_proj.weight"));
        }

        int queryRow(int head) {
            return head * sizes.querySize();
        }

        int keyRow(int head) {
            return head * (sizes.nopeSize() + sizes.valueSize());
        }

        int valueRow(int head) {
            return keyRow(head) + sizes.nopeSize();
        }

        int outputColumn(int head) {
            return head * sizes.valueSize();
        }

        void identityKeys(int head, int first, int firstLatent, int count) {
            for (int i = 0; i < count; i++) {
                expansion.set(keyRow(head) + first + i, firstLatent + i, 1);
            }
        }

        void identityValues(int head, int firstLatent, int count) {
            expansion.scale(valueRow(head), valueRow(head) + sizes.valueSize(), 0);
            for (int i = 0; i < count; i++) {
                expansion.set(valueRow(head) + i, firstLatent + i, 1);
            }
        }

        void clearOutput(int head) {
            for (int row = 0; row < output.rows(); row++) {
                for (int i = 0; i < sizes.valueSize(); i++) {
                    output.set(row, outputColumn(head) + i, 0);
                }
            }
        }
    }
}
