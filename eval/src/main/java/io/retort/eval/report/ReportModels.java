package io.retort.eval.report;

import io.retort.eval.controls.KneserNeyByteModel;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.report.Palette.LegendKey;
import io.retort.eval.summary.DomainSummary;
import io.retort.eval.summary.EvaluationRoles;
import io.retort.eval.summary.EvaluationSummary;
import io.retort.eval.summary.ExpertRole;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which models a report shows under which words: the expert of a domain is "expert" in each domain. */
final class ReportModels {
    private static final String TEACHER = "teacher";
    private static final String EXPERT = "expert";
    private static final String ENSEMBLE = "ensemble";

    private final EvaluationRoles roles;
    private final List<String> controls;

    ReportModels(EvaluationSummary summary) {
        this.roles = summary.roles();
        TreeSet<String> names = new TreeSet<>();
        for (DomainSummary domain : summary.domains()) {
            domain.group().models().stream()
                    .map(model -> model.model())
                    .filter(model -> model.kind() == ModelKind.CONTROL)
                    .map(EvaluatedModel::name)
                    .forEach(names::add);
        }
        this.controls = List.copyOf(names);
    }

    /** The words that head the columns of a table of all models. */
    List<String> roles() {
        List<String> all = new ArrayList<>(List.of(TEACHER, EXPERT, ENSEMBLE));
        all.addAll(controls);
        return all;
    }

    /** The models that the figure of bits a byte draws. */
    List<LegendKey> bitsRoles() {
        List<LegendKey> keys = new ArrayList<>(List.of(
                new LegendKey(Palette.TEACHER, TEACHER),
                new LegendKey(Palette.EXPERT, EXPERT),
                new LegendKey(Palette.ENSEMBLE, ENSEMBLE)));
        if (controls.contains(KneserNeyByteModel.NAME)) {
            keys.add(new LegendKey(Palette.COUNTING, KneserNeyByteModel.NAME));
        }
        if (controls.contains(roles.bitsFloor())) {
            keys.add(new LegendKey(Palette.FLOOR, roles.bitsFloor()));
        }
        return keys;
    }

    /** The name of the model that plays a role in a domain; empty where none does. */
    String model(String role, String domain) {
        return switch (role) {
            case TEACHER -> roles.teacher();
            case EXPERT -> roles.expertOf(domain).map(ExpertRole::name).orElse("");
            case ENSEMBLE -> roles.ensemble();
            default -> role;
        };
    }
}
