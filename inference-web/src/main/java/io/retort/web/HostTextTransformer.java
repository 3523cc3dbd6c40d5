package io.retort.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.emit.ProgramEmitter;

/** Used by the build alone: lets what TeaVM's class library has for texts and their bytes call {@link HostText}. */
public final class HostTextTransformer implements ClassHolderTransformer {
    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (type.getName().equals(Charset.class.getName())) {
            replace(type, context, "decode", ByteBuffer.class, CharBuffer.class);
            replace(type, context, "encode", CharBuffer.class, ByteBuffer.class);
        }
    }

    private static void replace(
            ClassHolder type, ClassHolderTransformerContext context, String name, Class<?> from, Class<?> to) {
        MethodHolder method = type.getMethod(new MethodDescriptor(name, from, to));
        if (method == null) {
            throw new IllegalStateException("expected a method " + name + " of " + type.getName() + ", found none");
        }
        ProgramEmitter body = ProgramEmitter.create(method, context.getHierarchy());
        body.invoke(HostText.class, name, to, body.var(0, Charset.class), body.var(1, from))
                .returnValue();
    }
}
