package io.retort.distill.students;

import java.util.ArrayList;
import java.util.List;

/**
 * The predictions of a document that fit one sequence: positions {@code from} to below {@code to}.
 *
 * @param document number of the document in its source
 */
record Window(int document, int from, int to) {

    /**
     * Cuts documents into windows of at most {@code longest} positions: a prompt that is too long loses its beginning, so
     * that the answer follows the prompt's tail; a text without a prompt, and an answer that is too long by itself, is
     * cut into one window after the other.
     */
    static List<Window> of(DocumentSource source, int longest) {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            int positions = source.positions(i);
            int prompt = source.promptSymbols(i);
            boolean answerFits = prompt > 0 && positions - prompt <= longest;
            if (positions <= longest || answerFits) {
                windows.add(new Window(i, Math.max(0, positions - longest), positions));
                continue;
            }
            for (int from = 0; from < positions; from += longest) {
                windows.add(new Window(i, from, Math.min(positions, from + longest)));
            }
        }
        return windows;
    }

    /** The windows of {@link #of(DocumentSource, int)} of which some position weighs anything: a batch of none has no loss. */
    static List<Window> of(DocumentSource source, int longest, PositionWeights weights) {
        return of(source, longest).stream()
                .filter(window -> weights.prompt() > 0 || window.to > source.promptSymbols(window.document))
                .toList();
    }

    int positions() {
        return to - from;
    }
}
