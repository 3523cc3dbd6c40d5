package io.retort.datasets.bytes;

import io.retort.datasets.logits.TailModel;
import io.retort.datasets.logits.TokenTransitions;
import io.retort.datasets.tokenizers.Tokenizer;

/**
 * All that aligning needs besides the rows: the vocabulary sorted by bytes, and what the dataset as a whole says of
 * tokens that are not stored. Immutable and safe for use by many threads.
 */
public final class AlignmentModel {
    private final Tokenizer tokenizer;
    private final SortedVocabulary vocabulary;
    private final PrefixTail tail;
    private final FirstByteAfterToken firstBytes;

    /**
     * The model of a dataset.
     *
     * @param tokenizer the teacher's tokenizer
     * @param transitions summed over the dataset's rows
     */
    public AlignmentModel(Tokenizer tokenizer, TokenTransitions transitions) {
        this.tokenizer = tokenizer;
        this.vocabulary = new SortedVocabulary(tokenizer);
        TailModel model = TailModel.of(transitions);
        this.tail = new PrefixTail(model, vocabulary);
        this.firstBytes = new FirstByteAfterToken(model, vocabulary);
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    SortedVocabulary vocabulary() {
        return vocabulary;
    }

    PrefixTail tail() {
        return tail;
    }

    FirstByteAfterToken firstBytes() {
        return firstBytes;
    }
}
