package io.retort.distill.bundling;

import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.Tensor;
import java.util.List;

/**
 * An expert that is to be bundled.
 *
 * @param id unique in the bundle: lower-case letters, digits and hyphens
 * @param domain what it is an expert of, written likewise
 * @param weights those that the config asks for, in any order
 */
public record DraftExpert(String id, String domain, StudentShape config, List<Tensor> weights) {
    public DraftExpert {
        weights = List.copyOf(weights);
    }
}
