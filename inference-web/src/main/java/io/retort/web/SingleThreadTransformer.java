package io.retort.web;

import io.retort.inference.memory.Waiter;
import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ElementModifier;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.emit.ProgramEmitter;
import org.teavm.model.instructions.InvokeInstruction;
import org.teavm.model.instructions.MonitorEnterInstruction;
import org.teavm.model.instructions.MonitorExitInstruction;

/**
 * Used by the build alone: takes the locks out of the runtime. A host calls it from one thread, and whatever may wait for a lock is
 * compiled, with all that calls it, into steps that can be left and resumed, which are larger and slower. Nobody waits for memory
 * either: who would have to is refused, as {@link Waiter#NEVER} does.
 */
public final class SingleThreadTransformer implements ClassHolderTransformer {
    private static final String MEMORY = "io.retort.inference.memory.ExpertMemory";
    private static final String WAITING = "awaitTurn";

    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (!type.getName().startsWith("io.retort.")) {
            return;
        }
        boolean refused = !type.getName().equals(MEMORY);
        for (MethodHolder method : type.getMethods()) {
            if (type.getName().equals(MEMORY) && method.getName().equals(WAITING)) {
                ProgramEmitter body = ProgramEmitter.create(method, context.getHierarchy());
                body.invoke(SingleThreadMemory.class, "refuse");
                body.exit();
                refused = true;
            }
            method.getModifiers().remove(ElementModifier.SYNCHRONIZED);
            if (method.getProgram() != null) {
                for (BasicBlock block : method.getProgram().getBasicBlocks()) {
                    removeLocks(block);
                }
            }
        }
        if (!refused) {
            throw new IllegalStateException("expected a method " + WAITING + " of " + MEMORY + ", found none");
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
