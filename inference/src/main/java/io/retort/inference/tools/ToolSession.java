package io.retort.inference.tools;

import io.retort.inference.conversations.DroppedTurn;
import io.retort.inference.json.JsonValue;
import java.util.List;

/**
 * One request that is answered with tools, step by step: {@link #next} gives a call that is to be run, whose result {@link #resume}
 * takes, or what the request ends with. Every call is of a declared tool and its arguments match the tool's schema. The session
 * runs no handler and knows no time. For one thread at a time.
 */
public final class ToolSession {
    private final AnswerWriter writer;
    private final ToolDialogue dialogue;

    /**
     * A session in which nothing has been written.
     *
     * @param tools at least one, their names unique
     * @param preamble what stands in front of the tools' declarations, such as instructions; may be empty
     * @param request the user's, which is never left out of the text
     * @throws IllegalArgumentException where a name is there twice, or there is no tool
     */
    public ToolSession(
            AnswerWriter writer, ToolOptions options, List<ToolDeclaration> tools, String preamble, String request) {
        this.writer = writer;
        dialogue = new ToolDialogue(options, tools, preamble, request);
    }

    /**
     * Writes on until a tool is to be run or the request is answered.
     *
     * @throws IllegalStateException where a result is waited for, or the session is over
     * @throws io.retort.inference.conversations.ContextException where the opening has no room in the window, or a call
     *     with none of its result
     */
    public ToolStep next() {
        ToolWriting writing = dialogue.writing();
        return dialogue.wrote(writer.write(writing.text(), writing.options()));
    }

    /**
     * Takes the result of the call that is to be run; the model is shown at most as much of it as the options say, and as the
     * window has room for beside the call.
     *
     * @throws IllegalStateException where none is
     */
    public void resume(JsonValue result) {
        dialogue.resume(result);
    }

    /** Returns the calls so far whose results are there, in order. */
    public List<ToolRound> rounds() {
        return dialogue.rounds();
    }

    /** Returns which rounds the model did not see, or not whole, when it last wrote: those with no room in the window. */
    public List<DroppedTurn> dropped() {
        return dialogue.dropped();
    }
}
