package io.retort.inference.conversations;

import io.retort.inference.conversations.DroppedTurn.Extent;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.ensembles.TextReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits conversations into what a model can read. All sizes are in its symbols: one for a character of printable ASCII or a
 * newline, three for each other byte. Immutable, thread-safe.
 *
 * @param symbols of the whole window, answer included; at most {@link TextOptions#MOST_SYMBOLS}
 * @param answerSymbols that are kept free for the answer
 * @param longTurn what becomes of a newest turn that is too long by itself
 */
public record ContextWindow(int symbols, int answerSymbols, LongTurn longTurn) {
    /** What {@link TextReader#symbolsOf} counts for the start of a text. */
    private static final int START = 1;

    public ContextWindow {
        if (symbols < 2 || symbols > TextOptions.MOST_SYMBOLS || answerSymbols < 1 || answerSymbols >= symbols) {
            throw new IllegalArgumentException("expected a window of 2 to " + TextOptions.MOST_SYMBOLS
                    + " symbols and an answer of less, found " + symbols + " and " + answerSymbols);
        }
    }

    /** All that a runtime of such texts can read, with so much room for an answer; turns that are too long are refused. */
    public static ContextWindow largest(TextOptions texts, int answerSymbols) {
        return new ContextWindow(texts.maxSymbols(), answerSymbols, LongTurn.REFUSE);
    }

    /** Returns the symbols that turns may take beside {@code pinned}; negative where that has no room itself. */
    public int room(String pinned) {
        return symbols - answerSymbols - START - size(pinned);
    }

    /**
     * Returns the pinned text with as many of the newest turns as fit: whole turns are left out, oldest first.
     *
     * @throws ContextException where the pinned text has no room, or the newest turn beside it has none and may not be cut
     */
    public FittedText fit(Conversation conversation) {
        int free = room(conversation.pinned());
        if (free < 0) {
            throw new ContextException("expected a pinned text of at most " + (symbols - answerSymbols - START)
                    + " symbols (a window of " + symbols + " with " + answerSymbols + " for the answer), found "
                    + size(conversation.pinned()));
        }
        List<String> turns = conversation.turns();
        int first = turns.size();
        int used = 0;
        while (first > 0 && used + size(turns.get(first - 1)) <= free) {
            used += size(turns.get(--first));
        }
        List<DroppedTurn> dropped = new ArrayList<>();
        StringBuilder text = new StringBuilder(conversation.pinned());
        boolean noneFits = first == turns.size() && first > 0;
        for (int i = 0; i < (noneFits ? first - 1 : first); i++) {
            dropped.add(new DroppedTurn(i, size(turns.get(i)), Extent.WHOLE));
        }
        if (noneFits) {
            String turn = turns.get(first - 1);
            String end = end(turn, free);
            dropped.add(new DroppedTurn(first - 1, size(turn) - size(end), Extent.START));
            used = size(end);
            text.append(end);
        }
        for (String turn : turns.subList(first, turns.size())) {
            text.append(turn);
        }
        return new FittedText(text.toString(), START + size(conversation.pinned()) + used, dropped);
    }

    /** As much of a turn's end as fits, in whole characters. */
    private String end(String turn, int free) {
        int from = turn.length();
        int used = 0;
        while (from > 0) {
            int before = turn.offsetByCodePoints(from, -1);
            used += size(turn.substring(before, from));
            if (used > free) {
                break;
            }
            from = before;
        }
        if (longTurn == LongTurn.REFUSE || from == turn.length()) {
            throw new ContextException("expected a newest turn of at most " + free + " symbols (a window of " + symbols
                    + " with " + answerSymbols + " for the answer, less the pinned text), found " + size(turn));
        }
        return turn.substring(from);
    }

    private static int size(String text) {
        return TextReader.symbolsOf(text.getBytes(StandardCharsets.UTF_8)) - START;
    }
}
