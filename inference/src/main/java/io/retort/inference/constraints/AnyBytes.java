package io.retort.inference.constraints;

/** Any bytes, or any that do not begin with a certain one. The text may end anywhere. */
public final class AnyBytes implements TextState {
    /** Any bytes. */
    public static final AnyBytes ANY = new AnyBytes(-1);

    private final int refused;

    private AnyBytes(int refused) {
        this.refused = refused;
    }

    /** Any bytes, the first of which is not {@code value} of 0 to 255; none is as well. */
    public static AnyBytes notBeginningWith(int value) {
        return new AnyBytes(value);
    }

    @Override
    public TextState next(int value) {
        return value == refused ? REFUSED : ANY;
    }

    @Override
    public int shortest() {
        return 0;
    }
}
