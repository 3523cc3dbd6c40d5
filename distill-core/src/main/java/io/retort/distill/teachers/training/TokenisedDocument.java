package io.retort.distill.teachers.training;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.tokenizers.Tokenizer;

/**
 * A document as a model sees it.
 *
 * @param ingredient index of its domain in the recipe's mixture
 * @param ids its tokens without beginning- and end-of-sequence
 * @param promptTokens how many of them belong to the prompt
 */
record TokenisedDocument(int ingredient, int[] ids, int promptTokens) {
    /** Tokenises prompt and answer apart: the border between them is always one between tokens. */
    static TokenisedDocument of(int ingredient, Document document, Tokenizer tokenizer) {
        int[] prompt = tokenizer.encode(document.prompt());
        int[] answer = tokenizer.encode(document.answer());
        int[] ids = new int[prompt.length + answer.length];
        System.arraycopy(prompt, 0, ids, 0, prompt.length);
        System.arraycopy(answer, 0, ids, prompt.length, answer.length);
        return new TokenisedDocument(ingredient, ids, prompt.length);
    }

    /** Positions it takes in a batch: beginning-of-sequence and its tokens as input, its tokens and the end as targets. */
    int length() {
        return ids.length + 1;
    }
}
