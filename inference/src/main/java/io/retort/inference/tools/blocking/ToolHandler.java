package io.retort.inference.tools.blocking;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonObject;

/** Does what a tool is for. Called by several threads at once where several requests are answered at once. */
@FunctionalInterface
public interface ToolHandler {
    /**
     * Returns the result of a call. What it throws becomes a result that the model sees: {@code {"error": …}}.
     *
     * @param arguments which match the tool's schema
     * @throws InterruptedException where the time limit has passed and the thread was interrupted
     */
    JsonValue call(JsonObject arguments) throws Exception;
}
