package io.retort.eval.gates;

import io.retort.eval.comparison.RunRole;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The names of figures in gate files. */
final class GateNames {
    static final String MIXED = "ensemble.mixed";
    static final String ENSEMBLE = "ensemble";
    static final String ENSEMBLE_PREFIX = "ensemble.";

    private final BiFunction<String, Collection<String>, Optional<String>> nearest;

    /**
     * @param nearest the name among some that someone probably meant
     */
    GateNames(BiFunction<String, Collection<String>, Optional<String>> nearest) {
        this.nearest = nearest;
    }

    /** The figure of a name in a bound. */
    GateFigure figure(String name) {
        if (name.equals(MIXED)) {
            return new GateFigure(RunRole.ENSEMBLE, Measure.RETENTION, "");
        }
        RunRole role = name.startsWith(ENSEMBLE_PREFIX) ? RunRole.ENSEMBLE : RunRole.EXPERT;
        String rest = role == RunRole.ENSEMBLE ? name.substring(ENSEMBLE_PREFIX.length()) : name;
        int dot = rest.indexOf('.');
        String place = dot < 0 ? "" : rest.substring(dot + 1);
        Measure measure =
                Measure.labelled(dot < 0 ? rest : rest.substring(0, dot)).orElseThrow(() -> unknown(name));
        if (place.isEmpty() && (dot >= 0 || role == RunRole.EXPERT || measure == Measure.RETENTION)) {
            throw new IllegalArgumentException("expected a domain after \"" + name + "\", as in "
                    + new GateFigure(role, measure, "").label("math") + " or " + measure.label() + ".*, found none");
        }
        return new GateFigure(role, measure, place);
    }

    /** The figure of a name in a comparison with the champion, where the ensemble may stand for its accuracy. */
    GateFigure compared(String name) {
        GateFigure figure = name.equals(ENSEMBLE) ? new GateFigure(RunRole.ENSEMBLE, Measure.ACC, "") : figure(name);
        if (figure.measure() == Measure.RETENTION) {
            throw new IllegalArgumentException("expected acc or a rate of bits to compare with the champion's (of one"
                    + " teacher their differences are those of retention), found \"" + name + "\"");
        }
        return figure;
    }

    private IllegalArgumentException unknown(String name) {
        int dot = name.startsWith(ENSEMBLE_PREFIX) ? name.indexOf('.', ENSEMBLE_PREFIX.length()) : name.indexOf('.');
        String head = dot < 0 ? name : name.substring(0, dot);
        List<String> known = new ArrayList<>(List.of(MIXED));
        Measure.labels().forEach(label -> known.addAll(List.of(label, ENSEMBLE_PREFIX + label)));
        return new IllegalArgumentException(
                "expected a figure (" + String.join(", ", known) + "), found \"" + head + "\"" + meant(head, known));
    }

    /** {@code ; did you mean …?}, or nothing. */
    String meant(String name, Collection<String> known) {
        return nearest.apply(name, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }
}
