package io.retort.web;

import io.retort.inference.memory.MemoryLimitException;
import java.util.function.Supplier;
import org.teavm.jso.JSBody;

/** Problems that JavaScript has to tell apart from others of the same call. Stateless. */
final class WebProblems {
    private WebProblems() {}

    /** Calls; where there is no memory, throws a JavaScript error whose {@code code} says so. */
    static <T> T coded(Supplier<T> call) {
        try {
            return call.get();
        } catch (MemoryLimitException e) {
            raise("memory", String.valueOf(e.getMessage()));
            throw e;
        }
    }

    @JSBody(
            params = {"code", "message"},
            script = "var error = new Error(message); error.code = code; throw error;")
    static native void raise(String code, String message);
}
