package io.retort.inference.constraints;

import java.util.List;

/**
 * A text that consists of two, one behind the other. Meant for firsts whose end shows in the byte behind it: where one may go
 * on with a byte that the second begins with, both readings are followed, which costs a state each.
 */
public final class Sequence implements TextState {
    private final TextState first;
    private final ByteConstraint second;

    private Sequence(TextState first, ByteConstraint second) {
        this.first = first;
        this.second = second;
    }

    /** Returns the texts that begin with one of {@code first} and go on with one of {@code second}. */
    public static TextState of(TextState first, ByteConstraint second) {
        return first.refused() ? REFUSED : new Sequence(first, second);
    }

    @Override
    public TextState next(int value) {
        TextState longer = of(first.next(value), second);
        return first.complete() ? Either.of(List.of(longer, second.start().next(value))) : longer;
    }

    @Override
    public int shortest() {
        return first.shortest() + second.start().shortest();
    }
}
