package io.retort.jobs.teachers;

import com.fasterxml.jackson.annotation.JsonValue;
import com.typesafe.config.Config;
import io.retort.datasets.storage.Storage;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.distill.teachers.TeacherDescription;
import io.retort.distill.teachers.Teachers;
import io.retort.distill.teachers.UnsuitableTeacherException;
import io.retort.distill.teachers.served.ProtocolChoice;
import io.retort.distill.teachers.served.ServedSettings;
import io.retort.distill.teachers.served.ServedTeacher;
import io.retort.distill.teachers.served.TeacherProbe;
import io.retort.jobs.config.Choices;
import io.retort.jobs.workspaces.StorageSettings;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A teacher behind HTTP. The driver probes the server once, and teaching keeps in the workspace what it was found to be;
 * every process that opens it after that makes sure that the same model answers. The server's key is no part of this: each
 * process reads it from its own environment.
 *
 * @param settings which server, and how to ask
 * @param tokenizerDirectory of the model's tokenizer, which every executor can read
 * @param workspace where what the server was found to be is kept
 * @param probe what the server was found to be
 * @param probed when that was
 * @param references what to compare it with before it teaches: at most one
 */
public record Served(
        ServedSettings settings,
        String tokenizerDirectory,
        Workspace workspace,
        TeacherProbe probe,
        Probed probed,
        List<Reference> references)
        implements TeacherSource {
    private static final ConcurrentMap<String, Tokenizer> TOKENIZERS = new ConcurrentHashMap<>();

    /** When a server was asked what it is. */
    public enum Probed {
        /** By this process. */
        NOW,
        /** By the run that taught, which kept it. */
        WHEN_IT_TAUGHT
    }

    /**
     * What a served model is compared with.
     *
     * @param directory of a checkpoint
     * @param documents how many are scored by both
     */
    public record Reference(String directory, int documents) implements Serializable {
        public Reference {
            if (documents < 2 || documents > 10_000) {
                throw new IllegalArgumentException(
                        "expected retort.teacher.reference-documents from 2 to 10000, found " + documents);
            }
        }

        private static List<Reference> of(Config teacher) {
            String directory = teacher.getString("reference");
            return directory.isEmpty()
                    ? List.of()
                    : List.of(new Reference(directory, teacher.getInt("reference-documents")));
        }
    }

    /** What a process opens a teacher by; the probe is what comes of it. */
    private record Key(ServedSettings settings, String tokenizer) {}

    static Served of(Config teacher, Workspace workspace) {
        String tokenizer = teacher.getString("tokenizer");
        if (tokenizer.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected the directory of the served model's tokenizer in retort.teacher.tokenizer, found none");
        }
        ServedSettings settings = new ServedSettings(
                ServerSettings.url(teacher, "retort.teacher.url"),
                Choices.of(ProtocolChoice.class, "retort.teacher.protocol", teacher.getString("protocol")),
                teacher.getString("model"),
                teacher.getInt("entries"),
                teacher.getInt("context-tokens"),
                ServerSettings.traffic(teacher));
        Optional<TeacherProbe> kept =
                kept(new KeptProbe(workspace, settings, tokenizerIn(tokenizer).digest()));
        TeacherProbe probe = kept.orElseGet(() -> ((ServedTeacher) OpenTeachers.of(
                        new Key(settings, tokenizer), () -> ServedTeacher.open(settings, tokenizerIn(tokenizer))))
                .probe());
        return new Served(
                settings,
                tokenizer,
                workspace,
                probe,
                kept.isPresent() ? Probed.WHEN_IT_TAUGHT : Probed.NOW,
                Reference.of(teacher));
    }

    private static Optional<TeacherProbe> kept(KeptProbe file) {
        try {
            return file.read(StorageSettings.ofProcess().open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one place that opens a served model's tokenizer. */
    private static Tokenizer tokenizerIn(String directory) {
        return TOKENIZERS.computeIfAbsent(directory, place -> Teachers.tokenizer(Path.of(place)));
    }

    private KeptProbe kept() {
        return new KeptProbe(workspace, settings, tokenizer().digest());
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizerIn(tokenizerDirectory);
    }

    @Override
    public TeacherIdentity identity() {
        String tokenizerDigest = tokenizer().digest();
        TeacherDescription description = probe.description(tokenizerDigest);
        return new TeacherIdentity(
                description.name(),
                description.digest(),
                tokenizerDigest,
                probe.facts().contextTokens());
    }

    @Override
    public void confirm() {
        if (probed == Probed.NOW) {
            return;
        }
        TeacherProbe now;
        try (ServedTeacher opened = ServedTeacher.open(settings, tokenizer())) {
            now = opened.probe();
        }
        if (!probe.sameTeacher(now)) {
            throw new UnsuitableTeacherException("expected the teacher of this workspace, " + probe.render() + ", at "
                    + settings.url() + ", found " + now.render() + "; to begin anew with another, remove "
                    + kept().file());
        }
    }

    @Override
    public void keep(Storage storage) throws IOException {
        if (probed == Probed.WHEN_IT_TAUGHT) {
            return;
        }
        Optional<TeacherProbe> others = kept().read(storage);
        if (others.isEmpty()) {
            kept().write(storage, probe);
        } else if (!digest(others.get()).equals(digest(probe))) {
            throw new UnsuitableTeacherException("expected the teacher that another run has just found, "
                    + others.get().render() + ", found " + probe.render()
                    + "; the same command again goes by the first");
        }
    }

    private String digest(TeacherProbe found) {
        return found.description(tokenizer().digest()).digest();
    }

    @Override
    public GenerativeTeacher shared() {
        return OpenTeachers.of(
                new Key(settings, tokenizerDirectory), () -> ServedTeacher.open(settings, tokenizer(), probe));
    }

    @Override
    @JsonValue
    public String place() {
        return settings.url() + " " + probe.facts().model() + " ("
                + probe.facts().server() + ")";
    }
}
