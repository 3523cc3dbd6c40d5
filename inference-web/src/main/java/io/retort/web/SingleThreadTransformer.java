package io.retort.web;

import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ElementModifier;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.instructions.InvokeInstruction;
import org.teavm.model.instructions.MonitorEnterInstruction;
import org.teavm.model.instructions.MonitorExitInstruction;

/**
 * Used by the build alone: takes the locks out of the runtime. A host calls it from one thread, and whatever may wait for a lock is
 * compiled, with all that calls it, into steps that can be left and resumed, which are larger and slower.
 */
public final class SingleThreadTransformer implements ClassHolderTransformer {
    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (!type.getName().startsWith("io.retort.")) {
            return;
        }
        for (MethodHolder method : type.getMethods()) {
            method.getModifiers().remove(ElementModifier.SYNCHRONIZED);
            if (method.getProgram() != null) {
                for (BasicBlock block : method.getProgram().getBasicBlocks()) {
                    removeLocks(block);
                }
            }
        }
    }

    private static void removeLocks(BasicBlock block) {
        for (Instruction instruction : block) {
            if (instruction instanceof MonitorEnterInstruction
                    || instruction instanceof MonitorExitInstruction
                    || instruction instanceof InvokeInstruction call && isNotification(call)) {
                instruction.delete();
            }
        }
    }

    private static boolean isNotification(InvokeInstruction call) {
        return call.getMethod().getClassName().equals("java.lang.Object")
                && call.getMethod().getName().equals("notifyAll");
    }
}
