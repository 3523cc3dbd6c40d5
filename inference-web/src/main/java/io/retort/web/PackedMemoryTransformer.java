package io.retort.web;

import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.MethodHolder;
import org.teavm.model.emit.ProgramEmitter;

/**
 * Leaves memories in 8 and 16 bits out of the builds of {@link WebRetort}, which never asks for one; {@link WebStructured} does. For
 * TeaVM's compiler alone.
 */
public final class PackedMemoryTransformer implements ClassHolderTransformer {
    private static final String PACKED = "io.retort.inference.students.PackedKeyValues";

    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (!type.getName().equals(PACKED)) {
            return;
        }
        for (MethodHolder method : type.getMethods()) {
            if (method.getName().equals("of")) {
                ProgramEmitter body = ProgramEmitter.create(method, context.getHierarchy());
                body.construct(IllegalStateException.class).raise();
                return;
            }
        }
        throw new IllegalStateException("expected a method of of " + PACKED + ", found none");
    }
}
