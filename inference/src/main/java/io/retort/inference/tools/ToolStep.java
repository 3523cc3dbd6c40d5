package io.retort.inference.tools;

import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.scoring.Generation;

/** What a session comes to next. */
public sealed interface ToolStep {
    /**
     * A tool is to be run; {@link ToolSession#resume} takes its result.
     *
     * @param round from 1
     * @param tool the name of one that is declared
     * @param arguments which match its schema
     */
    record Call(int round, String tool, JsonObject arguments) implements ToolStep {}

    /** The model answers; its stop says whether the answer was cut. The session is over. */
    record Answer(Generation generation) implements ToolStep {}

    /** A call was cut by a limit that has no room for one, or by a text to stop at. The session is over. */
    record CutCall(Generation generation) implements ToolStep {}
}
