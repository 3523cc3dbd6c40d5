package io.retort.eval.gates;

import io.retort.eval.comparison.RunRole;

/**
 * Which figure a gate is about.
 *
 * @param role the routed ensemble, or each domain's own expert
 * @param place {@code math}, {@code math/add}, {@code *} for every domain by itself, or empty for all documents together
 */
public record GateFigure(RunRole role, Measure measure, String place) {
    /** What stands for every domain. */
    public static final String EVERY_DOMAIN = "*";

    public GateFigure {
        if (role != RunRole.ENSEMBLE && role != RunRole.EXPERT) {
            throw new IllegalArgumentException("expected ensemble or expert, found " + role.label());
        }
    }

    /** The name in gate files. */
    public String label() {
        return label(place);
    }

    /** The name of this figure of one place. */
    String label(String at) {
        if (role == RunRole.ENSEMBLE && measure == Measure.RETENTION && at.isEmpty()) {
            return GateNames.MIXED;
        }
        String name = (role == RunRole.ENSEMBLE ? GateNames.ENSEMBLE_PREFIX : "") + measure.label();
        return at.isEmpty() ? name : name + "." + at;
    }
}
