package io.retort.distill.teachers.served;

/**
 * A sequence as a server gets it. Arrays are shared and must not be changed.
 *
 * @param ids beginning-of-sequence first
 * @param vocabulary the tokenizer's number of ids
 * @param entries of each distribution to ask for, at most {@code vocabulary}
 * @param model the server's name of the model
 */
record Prompt(int[] ids, int vocabulary, int entries, String model) {
    /** How many positions are scored: all but the beginning-of-sequence. */
    int positions() {
        return ids.length - 1;
    }
}
