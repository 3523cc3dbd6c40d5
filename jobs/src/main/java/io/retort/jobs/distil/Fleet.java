package io.retort.jobs.distil;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.Retort;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentScoring;
import io.retort.jobs.distil.ExpertFiles.StoredExpert;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * Trained experts by name, loaded once a process however many tasks ask.
 *
 * @param storageSettings to read them with
 * @param places of those wanted, in order
 */
public record Fleet(StorageSettings storageSettings, List<Place> places) implements Serializable {
    private static final ConcurrentMap<Location, StoredExpert> LOADED = new ConcurrentHashMap<>();

    /** Where an expert is. */
    public record Place(String name, Location directory) implements Serializable {}

    public Fleet {
        places = List.copyOf(places);
    }

    /** Those of a spec that go into a bundle. */
    public static Fleet distilled(DistilSpec spec, StorageSettings storageSettings) {
        return of(spec, storageSettings, spec.distilled());
    }

    /** Those of a spec that are there to be compared with. */
    public static Fleet controls(DistilSpec spec, StorageSettings storageSettings) {
        return of(spec, storageSettings, spec.controls());
    }

    private static Fleet of(DistilSpec spec, StorageSettings storageSettings, List<ExpertSpec> experts) {
        return new Fleet(
                storageSettings,
                experts.stream()
                        .map(expert -> new Place(expert.name(), spec.directory(expert)))
                        .toList());
    }

    /** The experts' names, in order. */
    public List<String> names() {
        return places.stream().map(Place::name).toList();
    }

    /** The experts, in the order of their names. */
    public List<StoredExpert> load() {
        return places.stream()
                .map(place -> LOADED.computeIfAbsent(place.directory(), this::read))
                .toList();
    }

    /** The experts as models by the domain they learnt, in order. */
    public Map<String, List<ScoringModel>> modelsByDomain() {
        return load().stream()
                .collect(Collectors.groupingBy(
                        expert -> expert.report().domain(),
                        Collectors.mapping(expert -> (ScoringModel) model(expert), Collectors.toList())));
    }

    /**
     * The expert of a domain.
     *
     * @throws IllegalArgumentException if there is none
     */
    StudentScoring student(String domain) {
        return load().stream()
                .filter(expert -> expert.report().domain().equals(domain))
                .findFirst()
                .map(Fleet::model)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected an expert of domain " + domain + ", found those of " + names()));
    }

    /** The experts as models, in the order of their names. */
    public List<ScoringModel> models() {
        return load().stream().<ScoringModel>map(Fleet::model).toList();
    }

    /** The experts as students, in the order of their names. */
    public List<Student> students() {
        return load().stream().map(Fleet::student).toList();
    }

    private static Student student(StoredExpert expert) {
        return expert.config().open(expert.weights());
    }

    private static StudentScoring model(StoredExpert expert) {
        return new StudentScoring(expert.report().name(), student(expert), Retort.MAX_SYMBOLS);
    }

    private StoredExpert read(Location directory) {
        Storage storage = storageSettings.open();
        try {
            if (!ExpertFiles.finished(storage, directory)) {
                throw new IllegalArgumentException("expected a trained expert at " + directory
                        + "; train it by retort distil with the same settings");
            }
            return ExpertFiles.read(storage, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
