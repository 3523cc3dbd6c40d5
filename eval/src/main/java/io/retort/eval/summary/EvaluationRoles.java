package io.retort.eval.summary;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which model names play which part. A name that no outcome carries leaves the figures that need it undefined.
 *
 * @param accuracyFloor the control whose accuracy stands for no skill at all
 * @param bitsFloor the control whose bits a byte stand for no skill at all
 * @param experts at most one a domain
 */
public record EvaluationRoles(
        String teacher, String ensemble, String accuracyFloor, String bitsFloor, List<ExpertRole> experts)
        implements Serializable {
    public EvaluationRoles {
        experts = List.copyOf(experts);
        Set<String> domains = new HashSet<>();
        for (ExpertRole expert : experts) {
            if (!domains.add(expert.domain())) {
                throw new IllegalArgumentException("expected one expert a domain, found several of " + expert.domain());
            }
        }
    }

    /** The names {@code teacher}, {@code ensemble}, {@code majority} and {@code unigram}. */
    public static EvaluationRoles of(List<ExpertRole> experts) {
        return new EvaluationRoles("teacher", "ensemble", "majority", "unigram", experts);
    }

    public Optional<ExpertRole> expertOf(String domain) {
        return experts.stream().filter(expert -> expert.domain().equals(domain)).findFirst();
    }
}
