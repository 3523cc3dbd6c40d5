package io.retort.distill.teachers.served;

import io.retort.distill.teachers.UnsuitableTeacherException;
import java.io.Serializable;

/**
 * What a server says of itself. Numbers are 0 where it does not say.
 *
 * @param protocol how it is spoken to, never {@link ProtocolChoice#AUTO}
 * @param server its kind and version, such as "vllm 0.11.0"
 * @param model the name that it serves the model by
 * @param weights what it says the weights are: a path or a base model; empty where it does not say
 * @param vocabulary how many ids the model has
 * @param contextTokens the longest sequence that can be scored, beginning-of-sequence not counted
 * @param parameters how many weights the model has
 */
public record ServerFacts(
        ProtocolChoice protocol,
        String server,
        String model,
        String weights,
        int vocabulary,
        int contextTokens,
        long parameters)
        implements Serializable {
    public ServerFacts {
        if (protocol == ProtocolChoice.AUTO) {
            throw new IllegalArgumentException("expected a kind of server, found " + protocol);
        }
        if (vocabulary < 0 || contextTokens < 0 || parameters < 0) {
            throw new IllegalArgumentException("expected no negative numbers, found vocabulary " + vocabulary
                    + ", context " + contextTokens + ", parameters " + parameters);
        }
    }

    /**
     * Makes sure that the right model answers.
     *
     * @param wanted its name; empty for any
     * @throws UnsuitableTeacherException if it is another
     */
    void requireModel(String wanted, String where) {
        boolean right = wanted.isEmpty()
                || wanted.equals(model)
                || wanted.equals(weights)
                || model.endsWith("/" + wanted)
                || weights.endsWith("/" + wanted);
        if (!right) {
            throw new UnsuitableTeacherException("expected the server at " + where + " to serve the model \"" + wanted
                    + "\", found \"" + model + "\"" + (weights.isEmpty() ? "" : " (" + weights + ")"));
        }
    }
}
