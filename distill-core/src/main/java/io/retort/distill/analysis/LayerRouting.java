package io.retort.distill.analysis;

import java.util.List;

/**
 * The choices of one layer.
 *
 * @param layer its number in the model
 * @param domains a use each, in the map's order
 * @param balance of the experts' loads, domains equally weighted
 * @param information what a choice tells of the domain
 */
public record LayerRouting(int layer, List<DomainUse> domains, LoadBalance balance, MutualInformation information) {
    public LayerRouting {
        domains = List.copyOf(domains);
    }
}
