package io.retort.eval.outcomes;

import java.util.Locale;

/** What part a model plays in an evaluation. */
public enum ModelKind {
    /** The large model that was distilled. */
    TEACHER,
    /** One distilled model of one domain or cluster. */
    EXPERT,
    /** Experts behind a router. */
    ENSEMBLE,
    /** A model that the others must beat or cannot beat: floors, ablations, oracles. */
    CONTROL;

    /** The name in files: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a {@link #label()}.
     *
     * @throws IllegalArgumentException if no kind has this label
     */
    public static ModelKind labelled(String label) {
        for (ModelKind kind : values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("expected teacher, expert, ensemble or control, found \"" + label + "\"");
    }
}
