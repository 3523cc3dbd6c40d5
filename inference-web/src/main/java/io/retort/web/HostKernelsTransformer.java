package io.retort.web;

import io.retort.inference.kernels.Kernels;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.emit.ProgramEmitter;

/** Used by the build alone: lets {@link HostKernels} choose kernels in place of a search on a class path. */
public final class HostKernelsTransformer implements ClassHolderTransformer {
    private static final String CHOICE = "io.retort.inference.kernels.BestKernels";

    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (!type.getName().equals(CHOICE)) {
            return;
        }
        MethodHolder method = type.getMethod(new MethodDescriptor("choose", Kernels.class));
        if (method == null) {
            throw new IllegalStateException("expected a method choose of " + CHOICE + ", found none");
        }
        ProgramEmitter body = ProgramEmitter.create(method, context.getHierarchy());
        body.invoke(HostKernels.class, "choose", Kernels.class).returnValue();
    }
}
