package io.retort.eval.gates;

import io.retort.eval.comparison.RunGroup;
import io.retort.eval.comparison.RunState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The gates of a file, in order. Immutable.
 *
 * <p>A bound holds at a level if the whole two-sided interval at that level lies on its side; without a level, if the figure
 * does. What is compared with a champion is so on the same documents: see {@link ChampionCheck}.
 */
public final class Gates {
    private final List<Gate> gates;
    private final GateNames names;

    Gates(List<Gate> gates, GateNames names) {
        this.gates = List.copyOf(gates);
        this.names = names;
    }

    public List<Gate> all() {
        return gates;
    }

    /**
     * Checks all gates.
     *
     * @param champion the run to compare with; where there is none, gates that compare with it pass and say so
     * @throws IllegalArgumentException with file and line, if a gate names a domain or task that the candidate was not asked
     *     about, or compares runs over different documents
     */
    public GateReport check(RunState candidate, Optional<RunState> champion) {
        return new GateReport(gates.stream()
                .map(gate -> {
                    try {
                        return check(gate, candidate, champion);
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(gate.where() + ": " + e.getMessage(), e);
                    }
                })
                .toList());
    }

    private GateResult check(Gate gate, RunState candidate, Optional<RunState> champion) {
        List<RunGroup> places = places(gate, candidate);
        if (gate.condition() instanceof GateCondition.Bound bound) {
            return new GateResult(gate, new BoundCheck(gate, bound).findings(candidate, places), "");
        }
        if (champion.isEmpty()) {
            return new GateResult(gate, List.of(), "no champion to compare with");
        }
        ChampionCheck check = new ChampionCheck(gate, candidate, champion.get());
        return new GateResult(gate, check.findings(allPlaces(gate, places, champion.get())), "");
    }

    /** A domain that only the champion has is one of those that a gate over all domains covers. */
    private static List<RunGroup> allPlaces(Gate gate, List<RunGroup> places, RunState champion) {
        return gate.figure().place().equals(GateFigure.EVERY_DOMAIN)
                ? Stream.concat(places.stream(), champion.domains().stream())
                        .distinct()
                        .sorted()
                        .toList()
                : places;
    }

    private List<RunGroup> places(Gate gate, RunState candidate) {
        String place = gate.figure().place();
        if (place.isEmpty()) {
            return List.of(RunGroup.ALL);
        }
        if (place.equals(GateFigure.EVERY_DOMAIN)) {
            return candidate.domains();
        }
        List<RunGroup> known = Stream.concat(candidate.domains().stream(), candidate.tasks().stream())
                .toList();
        return List.of(known.stream()
                .filter(group -> group.label().equals(place))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> labels = known.stream().map(RunGroup::label).toList();
                    String domains = String.join(
                            ", ",
                            candidate.domains().stream().map(RunGroup::label).toList());
                    return new IllegalArgumentException("expected a domain that was evaluated (" + domains
                            + ") or one of its tasks, found \"" + place + "\"" + names.meant(place, labels));
                }));
    }
}
