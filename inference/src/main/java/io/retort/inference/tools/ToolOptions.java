package io.retort.inference.tools;

import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.conversations.ContextWindow;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.scoring.GenerationOptions;

/**
 * How a request is answered with tools.
 *
 * @param generation of each call and of the answer, without a constraint
 * @param format of the text
 * @param choice whether a tool is called
 * @param maxRounds of calls, 0 to {@value #MOST_ROUNDS}; behind the last the model has to answer
 * @param maxResultBytes of a result that the model sees, at least {@value #LEAST_RESULT_BYTES}
 * @param window that opening, calls and results are kept in; the oldest rounds are left out first
 */
public record ToolOptions(
        GenerationOptions generation,
        ToolFormat format,
        ToolChoice choice,
        int maxRounds,
        int maxResultBytes,
        ContextWindow window) {
    /** The largest bound of rounds. */
    public static final int MOST_ROUNDS = 100;
    /** The smallest bound of a result. */
    public static final int LEAST_RESULT_BYTES = 64;

    private static final int DEFAULT_ROUNDS = 4;
    private static final int DEFAULT_RESULT_BYTES = 2048;
    private static final int SYMBOLS_A_BYTE = 3;

    public ToolOptions {
        if (!generation.constraint().equals(ByteConstraint.NONE)) {
            throw new IllegalArgumentException("expected no constraint: the tools are one, found another");
        }
        if (maxRounds < 0 || maxRounds > MOST_ROUNDS || maxResultBytes < LEAST_RESULT_BYTES) {
            throw new IllegalArgumentException("expected 0 to " + MOST_ROUNDS + " rounds and results of at least "
                    + LEAST_RESULT_BYTES + " bytes, found " + maxRounds + " and " + maxResultBytes);
        }
    }

    /** The suite's format, four rounds, results of 2,048 bytes, and the largest window of {@link TextOptions#STANDARD} texts. */
    public static ToolOptions of(GenerationOptions generation, ToolChoice choice) {
        return of(generation, choice, TextOptions.STANDARD);
    }

    /** The suite's format, four rounds, results of 2,048 bytes, and the largest window of such texts in which an answer has its room. */
    public static ToolOptions of(GenerationOptions generation, ToolChoice choice, TextOptions texts) {
        int answer = Math.multiplyExact(SYMBOLS_A_BYTE, generation.limits().maxBytes());
        return new ToolOptions(
                generation,
                ToolFormat.SUITE,
                choice,
                DEFAULT_ROUNDS,
                DEFAULT_RESULT_BYTES,
                ContextWindow.largest(texts, answer));
    }

    /** The same with another bound of rounds. */
    public ToolOptions rounds(int most) {
        return new ToolOptions(generation, format, choice, most, maxResultBytes, window);
    }

    /** The same with another format. */
    public ToolOptions formatted(ToolFormat other) {
        return new ToolOptions(generation, other, choice, maxRounds, maxResultBytes, window);
    }

    /** The same with another window. */
    public ToolOptions within(ContextWindow other) {
        return new ToolOptions(generation, format, choice, maxRounds, maxResultBytes, other);
    }
}
