package io.retort.distill.teachers.training;

import java.util.Arrays;
import java.util.List;

/**
 * Documents of like length that go through the model together, padded on the right to the longest.
 *
 * @param documents the rows
 * @param time positions of the longest
 */
record Pass(List<TokenisedDocument> documents, int time) {
    static Pass of(List<TokenisedDocument> documents) {
        return new Pass(
                List.copyOf(documents),
                documents.stream().mapToInt(TokenisedDocument::length).max().orElseThrow());
    }

    int rows() {
        return documents.size();
    }

    /** Positions computed, padding included. */
    int positions() {
        return rows() * time;
    }

    /** Beginning-of-sequence and tokens, {@code [rows · time]}; padding repeats the end of sequence. */
    long[] inputs(int bos, int eos) {
        long[] inputs = new long[rows() * time];
        Arrays.fill(inputs, eos);
        for (int row = 0; row < rows(); row++) {
            int[] ids = documents.get(row).ids();
            inputs[row * time] = bos;
            for (int i = 0; i < ids.length; i++) {
                inputs[row * time + 1 + i] = ids[i];
            }
        }
        return inputs;
    }

    /** Tokens and end of sequence, {@code [rows · time]}; padding repeats the latter. */
    long[] targets(int eos) {
        long[] targets = new long[rows() * time];
        Arrays.fill(targets, eos);
        for (int row = 0; row < rows(); row++) {
            int[] ids = documents.get(row).ids();
            for (int i = 0; i < ids.length; i++) {
                targets[row * time + i] = ids[i];
            }
        }
        return targets;
    }

    /** Whether position {@code i} of {@code [rows · time]} is a document's and no padding. */
    boolean isReal(int i) {
        return i % time < documents.get(i / time).length();
    }

    /** Whether position {@code i} of {@code [rows · time]} predicts a token of an answer or its end. */
    boolean isAnswer(int i) {
        TokenisedDocument document = documents.get(i / time);
        return i % time >= document.promptTokens() && i % time < document.length();
    }
}
