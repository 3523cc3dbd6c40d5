package io.retort.distill.students;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.retort.distill.optimisation.TrainedArray;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A student's tensors as few arrays, so that an optimiser makes a few large operations rather than many small ones: a call
 * into the engine costs as much as the arithmetic on one of these matrices. Those that are orthogonalised are stacked by
 * their shape, [count, inputs, outputs]; the rest is one array, [r], one tensor behind the other.
 */
final class ParameterBanks implements AutoCloseable {

    private static final String REST = "rest";

    private final NDManager manager;
    private final Map<String, List<String>> names = new LinkedHashMap<>();
    private final Map<String, NDArray> values = new LinkedHashMap<>();
    private final Map<String, int[]> shapes;

    ParameterBanks(NDManager parent, StudentShape student) {
        this.manager = parent.newSubManager();
        shapes = student.tensorShapes();
        Set<String> matrices = TrainableFamilies.of(student).matrices(student);
        shapes.forEach((name, shape) -> {
            String bank = matrices.contains(name) ? "matrices " + shape[0] + "x" + shape[1] : REST;
            names.computeIfAbsent(bank, key -> new ArrayList<>()).add(name);
        });
        for (String bank : names.keySet()) {
            NDArray array = manager.zeros(shapeOfBank(bank));
            array.setRequiresGradient(true);
            values.put(bank, array);
        }
    }

    /** Matrices, for an optimiser that orthogonalises. */
    List<TrainedArray> matrices() {
        return names.keySet().stream()
                .filter(bank -> !bank.equals(REST))
                .map(bank -> new TrainedArray(bank, array(bank)))
                .toList();
    }

    /** Everything else. */
    List<TrainedArray> rest() {
        return names.containsKey(REST) ? List.of(new TrainedArray(REST, array(REST))) : List.of();
    }

    /** Sets every value from exactly the config's tensors. */
    void load(Map<String, Tensor> tensors) {
        for (String bank : names.keySet()) {
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
        for (String bank : names.keySet()) {
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
        for (String bank : names.keySet()) {
            List<String> members = names(bank);
            long[] cuts = new long[members.size() - 1];
            long at = 0;
            for (int i = 0; i < cuts.length; i++) {
                at += bank.equals(REST) ? Tensor.elements(shape(members.get(i))) : 1;
                cuts[i] = at;
            }
            // An array that is split nowhere is the bank itself, which must outlive the scope.
            NDList parts = cuts.length == 0
                    ? new NDList(array(bank).reshape(array(bank).getShape()))
                    : array(bank).split(cuts, 0);
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

    private Shape shapeOfBank(String bank) {
        List<String> members = names(bank);
        if (bank.equals(REST)) {
            return new Shape(members.stream()
                    .mapToLong(name -> Tensor.elements(shape(name)))
                    .sum());
        }
        int[] matrix = shape(members.get(0));
        return new Shape(members.size(), matrix[0], matrix[1]);
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

    private List<String> names(String bank) {
        return names.getOrDefault(bank, List.of());
    }

    private NDArray array(String bank) {
        NDArray array = values.get(bank);
        if (array == null) {
            throw new IllegalStateException("no bank " + bank);
        }
        return array;
    }
}
