package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.TrainedArray;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentTensors;
import io.retort.inference.tensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A student's tensors as four arrays, so that an optimiser makes a few large operations rather than many small ones: a
 * call into the engine costs as much as the arithmetic on one of these matrices.
 *
 * <ul>
 *   <li>squares [4 layers, d, d]: the mixers' matrices
 *   <li>expanding [2 layers, d, m] and contracting [layers, m, d]: the feed-forward networks'
 *   <li>rest [r]: everything else, one tensor behind the other
 * </ul>
 */
final class ParameterBanks implements AutoCloseable {

    private enum Bank {
        SQUARES,
        EXPANDING,
        CONTRACTING,
        REST
    }

    private final StudentConfig config;
    private final NDManager manager;
    private final Map<Bank, List<String>> names = new LinkedHashMap<>();
    private final Map<Bank, NDArray> values = new LinkedHashMap<>();
    private final Map<String, int[]> shapes;

    ParameterBanks(NDManager parent, StudentConfig config) {
        this.config = config;
        this.manager = parent.newSubManager();
        shapes = StudentTensors.shapes(config);
        for (Bank bank : Bank.values()) {
            names.put(bank, new ArrayList<>());
        }
        shapes.forEach((name, shape) -> names(bankOf(name)).add(name));
        for (Bank bank : Bank.values()) {
            NDArray array = manager.zeros(shapeOf(bank));
            array.setRequiresGradient(true);
            values.put(bank, array);
        }
    }

    /** Matrices, for an optimiser that orthogonalises. */
    List<TrainedArray> matrices() {
        return List.of(
                new TrainedArray("squares", array(Bank.SQUARES)),
                new TrainedArray("expanding", array(Bank.EXPANDING)),
                new TrainedArray("contracting", array(Bank.CONTRACTING)));
    }

    /** Everything else. */
    List<TrainedArray> rest() {
        return List.of(new TrainedArray("rest", array(Bank.REST)));
    }

    /** Sets every value from exactly the config's tensors. */
    void load(Map<String, Tensor> tensors) {
        for (Bank bank : Bank.values()) {
            NDArray array = array(bank);
            float[] flat = new float[(int) array.size()];
            int at = 0;
            for (String name : names(bank)) {
                Tensor tensor = tensors.get(name);
                if (tensor == null || tensor.values().length != Tensor.elements(shape(name))) {
                    throw new IllegalArgumentException("expected tensor " + name + " of the config's shape");
                }
                System.arraycopy(tensor.values(), 0, flat, at, tensor.values().length);
                at += tensor.values().length;
            }
            array.set(flat);
        }
    }

    /** A copy of every tensor. */
    Map<String, Tensor> export() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Bank bank : Bank.values()) {
            float[] flat = array(bank).toFloatArray();
            int at = 0;
            for (String name : names(bank)) {
                int[] shape = shape(name);
                float[] part = new float[(int) Tensor.elements(shape)];
                System.arraycopy(flat, at, part, 0, part.length);
                at += part.length;
                tensors.put(name, new Tensor(name, shape, part));
            }
        }
        return tensors;
    }

    /** Every tensor as a view that gradients flow through, attached to {@code scope}. */
    Map<String, NDArray> views(NDManager scope) {
        Map<String, NDArray> views = new LinkedHashMap<>();
        for (Bank bank : Bank.values()) {
            List<String> members = names(bank);
            long[] cuts = new long[members.size() - 1];
            long at = 0;
            for (int i = 0; i < cuts.length; i++) {
                at += bank == Bank.REST ? Tensor.elements(shape(members.get(i))) : 1;
                cuts[i] = at;
            }
            NDList parts = array(bank).split(cuts, 0);
            parts.attach(scope);
            for (int i = 0; i < members.size(); i++) {
                views.put(members.get(i), parts.get(i).reshape(shapeOf(members.get(i))));
            }
        }
        return views;
    }

    @Override
    public void close() {
        manager.close();
    }

    private static Bank bankOf(String name) {
        if (name.endsWith("mlp.down")) {
            return Bank.CONTRACTING;
        }
        if (name.endsWith("mlp.gate") || name.endsWith("mlp.up")) {
            return Bank.EXPANDING;
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "candidate", "gate", "output_gate", "output", "query", "key", "value" -> Bank.SQUARES;
            default -> Bank.REST;
        };
    }

    private Shape shapeOf(Bank bank) {
        int count = names(bank).size();
        return switch (bank) {
            case SQUARES -> new Shape(count, config.width(), config.width());
            case EXPANDING -> new Shape(count, config.width(), config.hiddenWidth());
            case CONTRACTING -> new Shape(count, config.hiddenWidth(), config.width());
            case REST ->
                new Shape(names(bank).stream()
                        .mapToLong(name -> Tensor.elements(shape(name)))
                        .sum());
        };
    }

    private Shape shapeOf(String name) {
        int[] extents = shape(name);
        return extents.length == 1 ? new Shape(extents[0]) : new Shape(extents[0], extents[1]);
    }

    private int[] shape(String name) {
        int[] shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return shape;
    }

    private List<String> names(Bank bank) {
        return names.getOrDefault(bank, List.of());
    }

    private NDArray array(Bank bank) {
        NDArray array = values.get(bank);
        if (array == null) {
            throw new IllegalStateException("no bank " + bank);
        }
        return array;
    }
}
