package io.retort.web;

import org.teavm.classlib.impl.text.DoubleAnalyzer;
import org.teavm.classlib.impl.text.DoubleSynthesizer;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.emit.ProgramEmitter;

/** Used by the build alone: lets what TeaVM's class library has for doubles and their texts call {@link HostDecimals}. */
public final class HostDecimalsTransformer implements ClassHolderTransformer {
    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (type.getName().equals(DoubleAnalyzer.class.getName())) {
            removeTables(type);
            ProgramEmitter body = ProgramEmitter.create(
                    method(type, "analyze", double.class, DoubleAnalyzer.Result.class, void.class),
                    context.getHierarchy());
            body.invoke(
                    HostDecimals.class, "analyze", body.var(1, double.class), body.var(2, DoubleAnalyzer.Result.class));
            body.exit();
        } else if (type.getName().equals(DoubleSynthesizer.class.getName())) {
            removeTables(type);
            ProgramEmitter body = ProgramEmitter.create(
                    method(type, "synthesizeDouble", long.class, int.class, boolean.class, double.class),
                    context.getHierarchy());
            body.invoke(
                            HostDecimals.class,
                            "synthesize",
                            double.class,
                            body.var(1, long.class),
                            body.var(2, int.class),
                            body.var(3, boolean.class))
                    .returnValue();
        } else if (type.getName().equals(Double.class.getName())) {
            ProgramEmitter body = ProgramEmitter.create(
                    method(type, "parseDouble", String.class, double.class), context.getHierarchy());
            body.invoke(HostDecimals.class, "parse", double.class, body.var(1, String.class))
                    .returnValue();
        }
    }

    private static void removeTables(ClassHolder type) {
        type.removeMethod(method(type, "<clinit>", void.class));
    }

    /** The version of TeaVM stands in the parent pom; where another has other methods, the build fails here. */
    private static MethodHolder method(ClassHolder type, String name, Class<?>... signature) {
        MethodHolder method = type.getMethod(new MethodDescriptor(name, signature));
        if (method == null) {
            throw new IllegalStateException("expected a method " + name + " of " + type.getName() + ", found none");
        }
        return method;
    }
}
