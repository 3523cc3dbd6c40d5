package io.retort.eval.comparison;

import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Metric;
import io.retort.eval.outcomes.ModelKind;
import java.util.List;
import java.util.Locale;

/** The part a model plays in a run, whatever its name in each domain. */
public enum RunRole {
    /** The experts behind their router: what answers in the end. */
    ENSEMBLE,
    /** In each domain, the domain's own expert. */
    EXPERT,
    TEACHER,
    /** What no skill at all scores by accuracy. */
    ACCURACY_FLOOR,
    /** The same by bits a byte. */
    BITS_FLOOR;

    private static final String MAJORITY = "majority";
    private static final String UNIGRAM = "unigram";

    /** The name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The floor of a metric. */
    static RunRole floorOf(Metric metric) {
        return metric == Metric.ACCURACY ? ACCURACY_FLOOR : BITS_FLOOR;
    }

    /** The parts that a model plays in a domain; none for other experts and for other controls. */
    static List<RunRole> of(EvaluatedModel model, String domain) {
        if (model.kind() == ModelKind.CONTROL) {
            return switch (model.name()) {
                case MAJORITY -> List.of(ACCURACY_FLOOR);
                case UNIGRAM -> List.of(BITS_FLOOR);
                default -> List.of();
            };
        }
        return switch (model.kind()) {
            case ENSEMBLE -> List.of(ENSEMBLE);
            case TEACHER -> List.of(TEACHER);
            case EXPERT -> model.name().equals(domain) ? List.of(EXPERT) : List.of();
            case CONTROL -> List.of();
        };
    }
}
