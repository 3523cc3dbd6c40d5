package io.retort.inference.constraints;

import java.util.ArrayList;
import java.util.List;

/** A text that may go on as any of several states say; those that refuse a byte are out from there on. */
public final class Either implements TextState {
    private final TextState[] states;

    private Either(List<TextState> states) {
        this.states = states.toArray(new TextState[0]);
    }

    /** Returns the union of {@code states}; {@link TextState#REFUSED} where all of them are. */
    public static TextState of(List<? extends TextState> states) {
        List<TextState> possible = new ArrayList<>();
        for (TextState state : states) {
            if (!state.refused()) {
                possible.add(state);
            }
        }
        if (possible.size() > 1) {
            return new Either(possible);
        }
        return possible.isEmpty() ? REFUSED : possible.get(0);
    }

    @Override
    public TextState next(int value) {
        List<TextState> possible = List.of();
        TextState only = REFUSED;
        for (TextState state : states) {
            TextState next = state.next(value);
            if (next.refused()) {
                continue;
            }
            if (only.refused()) {
                only = next;
                continue;
            }
            if (possible.isEmpty()) {
                possible = new ArrayList<>(List.of(only));
            }
            possible.add(next);
        }
        return possible.isEmpty() ? only : new Either(possible);
    }

    @Override
    public int shortest() {
        int shortest = UNREACHABLE;
        for (TextState state : states) {
            shortest = Math.min(shortest, state.shortest());
        }
        return shortest;
    }
}
