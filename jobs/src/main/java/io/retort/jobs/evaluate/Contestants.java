package io.retort.jobs.evaluate;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.bundling.BundleDraft;
import io.retort.distill.bundling.DraftDocuments;
import io.retort.distill.bundling.DraftExpert;
import io.retort.distill.teachers.TeacherScoring;
import io.retort.eval.outcomes.EvaluationSubject;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.RoutedExpert;
import io.retort.eval.summary.StoredTable;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.RetortScoring;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleIdentity;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.RuntimeVersion;
import io.retort.inference.routing.Router;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.tensors.StoredType;
import io.retort.jobs.config.Choices;
import io.retort.jobs.distil.ExpertFiles.StoredExpert;
import io.retort.jobs.distil.Fleet;
import io.retort.jobs.route.RouterFiles;
import io.retort.jobs.teachers.TeacherSource;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The models of an evaluation that are loaded from files, once a process: teacher, experts, ensemble and its controls.
 * What is evaluated is exactly what is bundled, opened by the same runtime.
 */
final class Contestants {
    static final String TEACHER = "teacher";
    static final String ENSEMBLE = "ensemble";
    static final String UNIFORM = "uniform";
    static final String FIRST_CHOICE = "top-1";
    static final String BEST_SINGLE = "best-single";

    private static final ConcurrentMap<String, Contestants> LOADED = new ConcurrentHashMap<>();

    private final EvaluationSubject teacher;
    private final Retort retort;
    private final String bestSingle;
    private final Map<String, List<ScoringModel>> controls;
    private final Map<String, Router> leftOut;
    /** The same bundle stored in other ways, by the label of the way. */
    private final Map<String, Retort> compared;

    private Contestants(
            EvaluationSubject teacher,
            Retort retort,
            String bestSingle,
            Map<String, List<ScoringModel>> controls,
            Map<String, Router> leftOut,
            Map<String, Retort> compared) {
        this.teacher = teacher;
        this.retort = retort;
        this.bestSingle = bestSingle;
        this.controls = controls;
        this.leftOut = leftOut;
        this.compared = compared;
    }

    static Contestants shared(String reportId, Entry entry) {
        return LOADED.computeIfAbsent(reportId, id -> load(entry));
    }

    /**
     * Where the models are.
     *
     * @param distilled the experts of the bundle
     * @param controls experts that are only compared with
     * @param router its directory
     * @param stored how the bundle's weights are stored
     * @param compared other ways to store them
     */
    record Entry(
            TeacherSource teacher,
            Fleet distilled,
            Fleet controls,
            Location router,
            StoredType stored,
            List<StoredType> compared)
            implements Serializable {}

    private static Contestants load(Entry entry) {
        ScoringModel teacher = new TeacherScoring(entry.teacher().shared());
        try {
            Storage storage = entry.distilled().storageSettings().open();
            Router router = RouterFiles.read(storage, entry.router());
            Map<String, Retort> compared = new TreeMap<>();
            for (StoredType type : entry.compared()) {
                compared.put(
                        Choices.label(type), new Retort(bundle(entry.distilled().load(), router, type)));
            }
            return new Contestants(
                    EvaluationSubject.of(new Renamed(teacher, TEACHER), ModelKind.TEACHER),
                    new Retort(bundle(entry.distilled().load(), router, entry.stored())),
                    RouterFiles.bestSingle(storage, entry.router()),
                    entry.controls().modelsByDomain(),
                    RouterFiles.leftOut(storage, entry.router()),
                    compared);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bundle bundle(List<StoredExpert> experts, Router router, StoredType stored) {
        byte[] none = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] card = "Under evaluation.\n".getBytes(StandardCharsets.UTF_8);
        BundleDraft draft = new BundleDraft(
                new BundleIdentity("under-evaluation", RuntimeVersion.CURRENT, "Apache-2.0", RuntimeVersion.CURRENT),
                experts.stream().map(Contestants::draft).toList(),
                router,
                stored,
                new DraftDocuments(none, card, none));
        return Bundle.open(new MemoryBundleSource(draft.files()));
    }

    private static DraftExpert draft(StoredExpert expert) {
        return new DraftExpert(
                expert.report().name(),
                expert.report().domain(),
                expert.config(),
                List.copyOf(expert.weights().values()));
    }

    /** The models that every test document of a domain is given to. */
    List<EvaluationSubject> ofAll(String domain) {
        List<EvaluationSubject> subjects = new ArrayList<>();
        subjects.add(teacher);
        for (EvaluationSubject expert : experts(retort)) {
            if (expert.scorer().name().equals(domain)) {
                subjects.add(expert);
                compared.forEach((type, stored) -> subjects.add(EvaluationSubject.of(
                        new RetortScoring(stored, new ExpertSelection.Fixed(domain), StoredTable.PREFIX + type),
                        ModelKind.CONTROL)));
            }
        }
        subjects.add(ensemble(retort));
        subjects.add(control(new ExpertSelection.Uniform(), UNIFORM));
        subjects.add(control(new ExpertSelection.Fixed(bestSingle), BEST_SINGLE));
        for (ScoringModel model : controls.getOrDefault(domain, List.of())) {
            subjects.add(EvaluationSubject.of(model, ModelKind.CONTROL));
        }
        return subjects;
    }

    /** The router's first choice alone: the same expert for every text that has no prompt, and so nothing to measure there. */
    EvaluationSubject firstChoice() {
        return control(new ExpertSelection.Routed(1), FIRST_CHOICE);
    }

    /** The experts of other domains. */
    List<EvaluationSubject> others(String domain) {
        return experts(retort).stream()
                .filter(expert -> !expert.scorer().name().equals(domain))
                .toList();
    }

    /** What is bundled, as it is evaluated. */
    Retort retort() {
        return retort;
    }

    /** Routers that were trained without a domain, by that domain. */
    Map<String, Router> leftOut() {
        return leftOut;
    }

    /** Each expert of a bundle alone. */
    static List<EvaluationSubject> experts(Retort retort) {
        return retort.bundle().experts().stream()
                .map(expert -> EvaluationSubject.of(
                        new RetortScoring(retort, new ExpertSelection.Fixed(expert.id()), expert.id()),
                        ModelKind.EXPERT))
                .toList();
    }

    /** The experts of a bundle behind its router. */
    static EvaluationSubject ensemble(Retort retort) {
        return new EvaluationSubject(
                new RetortScoring(retort, ExpertSelection.routed(), ENSEMBLE),
                ModelKind.ENSEMBLE,
                prompt -> chosen(retort, prompt));
    }

    private EvaluationSubject control(ExpertSelection selection, String name) {
        return EvaluationSubject.of(new RetortScoring(retort, selection, name), ModelKind.CONTROL);
    }

    private static List<RoutedExpert> chosen(Retort retort, byte[] prompt) {
        return retort.route(prompt).choices().stream()
                .map(choice -> new RoutedExpert(choice.expert(), choice.weight()))
                .toList();
    }
}
