package io.retort.inference.students;

import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names and shapes of a student's tensors. A matrix is stored as {@code [inputs, outputs]} and multiplies a row vector
 * from the right; a convolution as {@code [shift, channels]}, shift 0 being the present position. With {@code d} the
 * width, {@code m} the hidden width, {@code k} the kernel, layer {@code i}:
 *
 * <table>
 * <caption>Tensors</caption>
 * <tr><td>embedding</td><td>[alphabet, d]</td><td>input and, transposed, output</td></tr>
 * <tr><td>norm</td><td>[d]</td><td>gain before the output</td></tr>
 * <tr><td>layers.i.recurrence.candidate, .gate, .output_gate, .output</td><td>[d, d]</td><td></td></tr>
 * <tr><td>layers.i.recurrence.convolution</td><td>[k, 2d]</td><td>over candidate, gate</td></tr>
 * <tr><td>layers.i.recurrence.gate_bias</td><td>[d]</td><td></td></tr>
 * <tr><td>layers.i.attention.query, .key, .value, .output</td><td>[d, d]</td><td></td></tr>
 * <tr><td>layers.i.attention.convolution</td><td>[k, 3d]</td><td>over query, key, value</td></tr>
 * <tr><td>layers.i.attention.scale</td><td>[heads]</td><td></td></tr>
 * <tr><td>layers.i.attention.forget</td><td>[d, heads]</td><td>forget positions only</td></tr>
 * <tr><td>layers.i.attention.forget_bias</td><td>[heads]</td><td>forget positions only</td></tr>
 * <tr><td>layers.i.mlp.gate, layers.i.mlp.up</td><td>[d, m]</td><td></td></tr>
 * <tr><td>layers.i.mlp.down</td><td>[m, d]</td><td></td></tr>
 * </table>
 */
public final class StudentTensors {

    public static final String EMBEDDING = "embedding";
    public static final String NORM = "norm";

    private StudentTensors() {}

    /** Name of a tensor of a layer, such as {@code layers.1.attention.query}. */
    public static String layer(int layer, String tensor) {
        return "layers." + layer + "." + tensor;
    }

    /** Every tensor's shape by its name, in the order of the computation. */
    public static Map<String, int[]> shapes(StudentConfig config) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        int width = config.width();
        shapes.put(EMBEDDING, new int[] {config.alphabetSize(), width});
        for (int i = 0; i < config.mixers().size(); i++) {
            Mixer mixer = config.mixers().get(i);
            if (mixer instanceof Recurrence recurrence) {
                addRecurrence(shapes, i, recurrence, width);
            } else if (mixer instanceof Attention attention) {
                addAttention(shapes, i, attention, width);
            }
            shapes.put(layer(i, "mlp.gate"), new int[] {width, config.hiddenWidth()});
            shapes.put(layer(i, "mlp.up"), new int[] {width, config.hiddenWidth()});
            shapes.put(layer(i, "mlp.down"), new int[] {config.hiddenWidth(), width});
        }
        shapes.put(NORM, new int[] {width});
        return shapes;
    }

    private static void addRecurrence(Map<String, int[]> shapes, int layer, Recurrence recurrence, int width) {
        for (String matrix : new String[] {"candidate", "gate", "output_gate", "output"}) {
            shapes.put(layer(layer, "recurrence." + matrix), new int[] {width, width});
        }
        shapes.put(layer(layer, "recurrence.convolution"), new int[] {recurrence.kernel(), 2 * width});
        shapes.put(layer(layer, "recurrence.gate_bias"), new int[] {width});
    }

    private static void addAttention(Map<String, int[]> shapes, int layer, Attention attention, int width) {
        for (String matrix : new String[] {"query", "key", "value", "output"}) {
            shapes.put(layer(layer, "attention." + matrix), new int[] {width, width});
        }
        shapes.put(layer(layer, "attention.convolution"), new int[] {attention.kernel(), 3 * width});
        shapes.put(layer(layer, "attention.scale"), new int[] {attention.heads()});
        if (attention.positions() == Positions.FORGET) {
            shapes.put(layer(layer, "attention.forget"), new int[] {width, attention.heads()});
            shapes.put(layer(layer, "attention.forget_bias"), new int[] {attention.heads()});
        }
    }
}
