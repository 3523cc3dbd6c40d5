package io.retort.distill.teachers.served;

import io.retort.distill.teachers.LikelyTokens;
import io.retort.distill.teachers.UnsuitableTeacherException;
import java.util.Arrays;

/** Collects one position's entries and checks them. For one thread. */
final class EntryList {
    private final Prompt prompt;
    private final int position;
    private final int[] ids;
    private final float[] logProbabilities;
    private int size;

    /** For the prediction of {@code prompt.ids()[position + 1]}, with room for one entry more than asked for. */
    EntryList(Prompt prompt, int position) {
        this.prompt = prompt;
        this.position = position;
        this.ids = new int[prompt.entries() + 1];
        this.logProbabilities = new float[prompt.entries() + 1];
    }

    /**
     * Adds an entry.
     *
     * @throws InvalidAnswerException if there is no room: the server gives more than it was asked for
     * @throws UnsuitableTeacherException if the id is none of the tokenizer's
     */
    void add(int id, float logProbability) throws InvalidAnswerException {
        if (id >= prompt.vocabulary()) {
            throw new UnsuitableTeacherException("expected ids below the tokenizer's " + prompt.vocabulary()
                    + ", found " + id + " in an answer: the server's model has another vocabulary");
        }
        if (size == ids.length) {
            throw new InvalidAnswerException(
                    "expected at most " + ids.length + " entries at position " + position + ", found more");
        }
        ids[size] = id;
        logProbabilities[size++] = logProbability;
    }

    /** The actual token's log-probability, if it is among the entries. */
    float actualOr(float otherwise) {
        int actual = prompt.ids()[position + 1];
        for (int i = 0; i < size; i++) {
            if (ids[i] == actual) {
                return logProbabilities[i];
            }
        }
        return otherwise;
    }

    boolean hasActual() {
        int actual = prompt.ids()[position + 1];
        return Arrays.stream(ids, 0, size).anyMatch(id -> id == actual);
    }

    /**
     * The entries, as many as were asked for: an actual token beyond them is told apart from them.
     *
     * @throws InvalidAnswerException if there are fewer, or an id comes twice
     */
    LikelyTokens build(float actual) throws InvalidAnswerException {
        if (size > prompt.entries()) {
            dropActual();
        }
        if (size != prompt.entries()) {
            throw new InvalidAnswerException(
                    "expected " + prompt.entries() + " entries at position " + position + ", found " + size);
        }
        if (Arrays.stream(ids, 0, size).distinct().count() < size) {
            throw new InvalidAnswerException("expected distinct entries at position " + position + ", found one twice");
        }
        return new LikelyTokens(actual, Arrays.copyOf(ids, size), Arrays.copyOf(logProbabilities, size));
    }

    private void dropActual() {
        int actual = prompt.ids()[position + 1];
        for (int i = 0; i < size; i++) {
            if (ids[i] == actual) {
                size--;
                ids[i] = ids[size];
                logProbabilities[i] = logProbabilities[size];
                return;
            }
        }
    }
}
