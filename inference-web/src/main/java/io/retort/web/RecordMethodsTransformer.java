package io.retort.web;

import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.Instruction;
import org.teavm.model.InvokeDynamicInstruction;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.emit.ProgramEmitter;

/**
 * Used by the build alone: takes the texts and hash codes that the Java compiler gives records out of the runtime. No message has such
 * a text and no map such a key, but any message with the text of some object, and any map, would bring all of them along. A hash code
 * that is always the same is still one: maps of records would be slow, not wrong.
 */
public final class RecordMethodsTransformer implements ClassHolderTransformer {
    private static final MethodDescriptor TO_STRING = new MethodDescriptor("toString", String.class);
    private static final MethodDescriptor HASH_CODE = new MethodDescriptor("hashCode", int.class);

    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (!type.getName().startsWith("io.retort.")) {
            return;
        }
        MethodHolder text = type.getMethod(TO_STRING);
        if (text != null && isOfTheCompiler(text)) {
            type.removeMethod(text);
        }
        MethodHolder hash = type.getMethod(HASH_CODE);
        if (hash != null && isOfTheCompiler(hash)) {
            ProgramEmitter.create(hash, context.getHierarchy()).constant(1).returnValue();
        }
    }

    private static boolean isOfTheCompiler(MethodHolder method) {
        if (method.getProgram() == null) {
            return false;
        }
        for (BasicBlock block : method.getProgram().getBasicBlocks()) {
            for (Instruction instruction : block) {
                if (instruction instanceof InvokeDynamicInstruction call
                        && call.getBootstrapMethod().getClassName().equals("java.lang.runtime.ObjectMethods")) {
                    return true;
                }
            }
        }
        return false;
    }
}
