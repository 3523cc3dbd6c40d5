package io.retort.inference.constraints;

/**
 * Where an answer stands: what has been written is the beginning of an allowed text. Immutable, thread-safe: a step gives
 * another state.
 *
 * <p>A state is never a dead end. Where {@link #shortest} is above 0, there is a next byte behind which it is one less.
 */
public interface TextState {
    /** How far the end is behind a byte that is not allowed. */
    int UNREACHABLE = Integer.MAX_VALUE;

    /** Behind a byte that is not allowed. */
    TextState REFUSED = new Fixed(UNREACHABLE);

    /** A whole text behind which nothing may follow. */
    TextState ENDED = new Fixed(0);

    /** Returns where the text stands behind the byte {@code value} of 0 to 255; {@link #REFUSED} where it may not follow. */
    TextState next(int value);

    /** Returns the bytes that are missing at the least until the text may end, below 2^30; 0 where it may end here. */
    int shortest();

    /** Returns whether this is {@link #REFUSED}. */
    default boolean refused() {
        return false;
    }

    /** Returns whether the text may end here. */
    default boolean complete() {
        return shortest() == 0;
    }

    /** Returns whether the text has to end here. */
    default boolean closed() {
        if (!complete()) {
            return false;
        }
        for (int value = 0; value < 256; value++) {
            if (!next(value).refused()) {
                return false;
            }
        }
        return true;
    }

    /** A state that allows no byte. */
    record Fixed(int shortest) implements TextState {
        @Override
        public TextState next(int value) {
            return REFUSED;
        }

        @Override
        public boolean refused() {
            return shortest == UNREACHABLE;
        }
    }
}
