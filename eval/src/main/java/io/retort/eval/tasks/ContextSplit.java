package io.retort.eval.tasks;

import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;

/** Where a context ends and its continuation begins, as the harness cuts them before it asks a model. */
public final class ContextSplit {
    private ContextSplit() {}

    /** The same text with the white space at the end of the context in the continuation, so that it is scored as well. */
    public static ScoringRequest ofHarness(ScoringRequest request) {
        String context = new String(request.context(), StandardCharsets.UTF_8);
        String kept = PythonText.rstrip(context);
        if (kept.length() == context.length()) {
            return request;
        }
        byte[] moved = context.substring(kept.length()).getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[moved.length + request.continuation().length];
        System.arraycopy(moved, 0, whole, 0, moved.length);
        System.arraycopy(request.continuation(), 0, whole, moved.length, request.continuation().length);
        return new ScoringRequest(kept.getBytes(StandardCharsets.UTF_8), whole, request.ending());
    }
}
